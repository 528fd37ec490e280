@echo off
rem Runs Pupil on Windows, as the shell script "pupil" does elsewhere. In a checkout it builds first,
rem whenever the sources are newer than the build; in an unpacked release there is nothing to build.
rem Arguments and exit status pass through untouched, as far as cmd.exe lets them: put what has one of
rem ^ & | < > in it between quotes.
rem
rem PUPIL_JAVA_OPTS  more options for the Java virtual machine, separated by spaces
rem PUPIL_CACHE      a folder for what can be made anew: native libraries, classes kept ready; without
rem                  it %LOCALAPPDATA%\pupil
rem PUPIL_BUILD      "never": do not look whether the sources are newer (tests use it)
rem
rem Below, nothing that holds a path stands in a block of parentheses: a parenthesis in the path, as
rem in "Program Files (x86)", would end the block. With delayed expansion an exclamation mark in an
rem argument would be lost, so that is on for messages only.
setlocal EnableExtensions DisableDelayedExpansion

set "home=%~dp0"
if "%home:~-1%"=="\" set "home=%home:~0,-1%"
rem How Pupil was called, so that it can say what to type next.
set "PUPIL_LAUNCHER=%~0"

rem --- Java, 17 or newer -----------------------------------------------------------------------
set "java="
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if not defined java for %%j in (java.exe) do set "java=%%~$PATH:j"
set "message=Java is not found: install a JDK, 17 or newer, or set JAVA_HOME"
if not defined java goto fail

rem Reading the release file costs nothing; asking java itself costs as much as starting Pupil.
for %%j in ("%java%\..\..") do set "release=%%~fj\release"
set "version="
if exist "%release%" for /f "tokens=1,2 delims==" %%a in ('type "%release%"') do if "%%a"=="JAVA_VERSION" set "version=%%b"
if defined version set "version=%version:"=%"
if not defined version for /f tokens^=2^ delims^=^" %%v in ('""%java%" -version 2^>^&1 ^| findstr /r version"') do if not defined version set "version=%%v"
set "major="
for /f "tokens=1 delims=.+-" %%m in ("%version%") do set "major=%%m"
rem Unknown: let java itself say what it thinks.
set "digits="
for /f "delims=0123456789" %%d in ("%major%") do set "digits=no"
if not defined major set "digits=no"
set "message=Java %version% is too old: Pupil needs 17 or newer (set JAVA_HOME)"
if not defined digits if %major% LSS 17 goto fail

rem --- The program, built if need be -----------------------------------------------------------
if not exist "%home%\lib\" goto checkout
set "app=%home%"
set "message=this Pupil was made for another system than windows-x86_64: get the one for Windows, or make it with mvn -Pdist -DskipTests package"
if not exist "%app%\lib\leptonica-*-windows-x86_64.jar" goto fail
goto ready

:checkout
set "app=%home%\pupil-app\target\pupil"
if "%PUPIL_BUILD%"=="never" goto built
if not exist "%app%\built" goto build
rem cmd.exe cannot compare the times of files; PowerShell takes three times as long to begin as Java.
"%java%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "%app%\lib\*" org.pupil.app.StaleBuild "%home%"
if not errorlevel 1 goto built

:build
set "mvn="
for %%m in (mvn.cmd) do set "mvn=%%~$PATH:m"
set "message=Maven is not found: install Maven 3.8 or newer to build Pupil"
if not defined mvn goto fail
>&2 echo pupil: building (the first time this fetches libraries: some minutes) ...
if not exist "%home%\pupil-app\target\" mkdir "%home%\pupil-app\target"
set "log=%home%\pupil-app\target\build.log"
pushd "%home%"
call "%mvn%" -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip -pl pupil-app -am package >"%log%" 2>&1
set "status=%errorlevel%"
popd
if "%status%"=="0" goto built
type "%log%" >&2
set "message=the build failed; its output is above and in %log%"
goto fail

:built
set "message=%app% is missing: run mvn package"
if not exist "%app%\built" goto fail

:ready
if not defined TF_CPP_MIN_LOG_LEVEL set "TF_CPP_MIN_LOG_LEVEL=3"

rem JavaCPP, which loads the decoder, would ask the system for the memory in use at every image, and
rem look for three dozen libraries of graphics cards at every start.
set "common=-Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.platform.extension="
rem The archive of classes is laid out for one address. Newer virtual machines move it elsewhere, which
rem takes a quarter of the time to start; the option is known to be there in these versions.
if "%major%"=="17" set "common=%common% -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
if "%major%"=="21" set "common=%common% -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"
set "common=%common% -Djava.awt.headless=true -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr"

rem --- Fast starts: the classes are kept ready in an archive of the virtual machine ------------
set "share=-Xshare:auto"
set "cache=%USERPROFILE%\.cache\pupil"
if defined LOCALAPPDATA set "cache=%LOCALAPPDATA%\pupil"
if defined XDG_CACHE_HOME set "cache=%XDG_CACHE_HOME%\pupil"
if defined PUPIL_CACHE set "cache=%PUPIL_CACHE%"
rem The archive is good for one place of the jars only.
set "place=%app::=%"
set "place=%place:\=-%"
set "inside=%app%\classes-%version%.jsa"
set "outside=%cache%\classes-%version%-%place%.jsa"
set "archive=%inside%"
if exist "%archive%" goto share
set "archive=%outside%"
if exist "%archive%" goto share
rem What a killed start left is taken over by the next one that has its number; it is in nobody's way.
set "number=%RANDOM%"
set "archive=%inside%"
set "part=%inside%.%number%.part"
mkdir "%part%" 2>nul
if not errorlevel 1 goto prepare
if not exist "%cache%\" mkdir "%cache%" 2>nul
set "archive=%outside%"
set "part=%outside%.%number%.part"
mkdir "%part%" 2>nul
rem Nowhere to keep it: every start is a slow one.
if errorlevel 1 goto run

:prepare
>&2 echo pupil: preparing fast starts (once) ...
rem First a run that notes which classes are used, then an archive of these.
"%java%" %common% -Xshare:auto "-XX:DumpLoadedClassList=%part%\classes" -cp "%app%\lib\*" org.pupil.app.Main self-check >nul 2>"%part%\log"
set "status=%errorlevel%"
if "%status%"=="0" goto dump
type "%part%\log" >&2
rmdir /s /q "%part%"
rem What is not there was said.
if "%status%"=="5" exit /b 5
set "message=Pupil does not run on this machine: its self-check ended with status %status%"
goto fail

:dump
"%java%" %common% -Xshare:dump "-XX:SharedClassListFile=%part%\classes" "-XX:SharedArchiveFile=%part%\archive" -cp "%app%\lib\*" >nul 2>"%part%\log"
set "status=%errorlevel%"
if "%status%"=="0" move /y "%part%\archive" "%archive%" >nul
if not "%status%"=="0" >&2 echo pupil: that failed with status %status%; this start is a slow one
if not "%status%"=="0" type "%part%\log" >&2
rmdir /s /q "%part%"
if not exist "%archive%" goto run

:share
set "share=-XX:SharedArchiveFile=%archive%"

:run
set "options=%common%"
set "first=%~1"
rem Short-lived commands: compile fast rather than well, and only what is used often.
rem A small heap at first: a large one would fill before the first collection of garbage.
if not defined first goto short
if "%first:~0,1%"=="-" goto short
for %%c in (label_image label-image label help) do if "%first%"=="%%c" goto short
rem It changes and colours every pixel several times over, which is worth compiling.
for %%c in (explain why) do if "%first%"=="%%c" goto explain
rem Its start is what one waits for, and a million points need a tenth of this heap.
for %%c in (board tensorboard) do if "%first%"=="%%c" goto board
rem Well only what runs a hundred times as often as is usual: a training run of some seconds has few
rem such methods, and the compiler would take a core from it.
set "options=%options% -XX:Tier4InvocationThreshold=500000 -XX:Tier4MinInvocationThreshold=60000"
set "options=%options% -XX:Tier4CompileThreshold=1500000 -XX:Tier4BackEdgeThreshold=1000000"
rem What is compiled fast need not count its branches and types for what is compiled well: that is
rem arithmetic in loops, and the counting takes a tenth of a short training run.
set "options=%options% -XX:-C1ProfileInlinedCalls -XX:-C1ProfileBranches -XX:-C1ProfileCheckcasts"
rem Most of what is made is soon of no use: a small space for it stays in the processor's cache.
set "options=%options% -Xmn24m"
rem The processor's own instructions for SHA-256 are used only by what is compiled well.
set "hashing=sun.security.provider.DigestBase::implCompressMultiBlock0"
set "options=%options% -XX:CompileCommand=quiet"
set "options=%options% -XX:CompileCommand=CompileThresholdScaling,%hashing%,0.001"
rem Every pixel goes through these.
set "options=%options% -XX:CompileCommand=CompileThresholdScaling,org.pupil.images.Stretch::*,0.01"
goto start
:board
set "options=%options% -XX:TieredStopAtLevel=1 -Xms64m -Xmx512m -XX:MaxNewSize=48m"
goto start
:explain
set "options=%options% -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=2 -Xms32m"
goto start
:short
set "options=%options% -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10 -Xms32m"

:start
rem cmd.exe cannot tell whether a person reads the output; Java can, if it is asked in its old way.
set "options=%options% -Dpupil.terminal.console=true -Djdk.console=java.base"
rem Not every console of Windows knows colours; these do.
if not defined WT_SESSION if not defined ANSICON if not "%ConEmuANSI%"=="ON" set "NO_COLOR=1"
rem Pupil writes UTF-8. The console gets its own encoding back.
set "codepage="
for /f "tokens=2 delims=:." %%p in ('chcp') do set "codepage=%%p"
if defined codepage set "codepage=%codepage: =%"
if not "%codepage%"=="65001" chcp 65001 >nul 2>&1

"%java%" %options% %PUPIL_JAVA_OPTS% "%share%" -cp "%app%\lib\*" org.pupil.app.Main %*
set "status=%errorlevel%"
if not "%codepage%"=="65001" if defined codepage chcp %codepage% >nul 2>&1
exit /b %status%

:fail
setlocal EnableDelayedExpansion
>&2 echo pupil: !message!
exit /b 5
