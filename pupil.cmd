@echo off
rem Runs Pupil on Windows; the shell script "pupil" beside it says how everything works.
rem TensorFlow for Java has no build for Windows, so building ends with a message that says so;
rem commands that need no TensorFlow would run from an unpacked release.
setlocal
set "HOME_DIR=%~dp0"
if "%TF_CPP_MIN_LOG_LEVEL%"=="" set TF_CPP_MIN_LOG_LEVEL=3
set "JAVA=java"
if not "%JAVA_HOME%"=="" set "JAVA=%JAVA_HOME%\bin\java"
set "APP=%HOME_DIR%"
if exist "%HOME_DIR%lib" goto run
set "APP=%HOME_DIR%pupil-app\target\pupil\"
if exist "%APP%built" goto run
echo pupil: building (the first time this takes some minutes) ... 1>&2
pushd "%HOME_DIR%"
call mvn -B -q -DskipTests -Dspotless.check.skip -pl pupil-app -am package 1>&2
if errorlevel 1 (
  popd
  echo pupil: the build failed; its output is above 1>&2
  exit /b 5
)
popd
:run
"%JAVA%" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.platform.extension= -Djava.awt.headless=true -XX:+UseSerialGC %PUPIL_JAVA_OPTS% -cp "%APP%lib\*" org.pupil.app.Main %*
exit /b %ERRORLEVEL%
