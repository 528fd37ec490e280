@echo off
rem Pupil on Windows: nothing is built here yet.
rem In WSL, which is a Linux, the shell script "pupil" beside this one does everything.
echo pupil: Pupil does not run on Windows yet: use WSL, which is a Linux 1>&2
exit /b 5
