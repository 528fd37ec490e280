@echo off
rem Pupil on Windows: TensorFlow for Java has no build for it, so nothing is built here.
rem In WSL, which is a Linux, the shell script "pupil" beside this one does everything.
echo pupil: Pupil does not run on Windows yet: it needs TensorFlow, which has builds for Linux (x86-64, arm64) and macOS (arm64) only; use WSL, which is a Linux 1>&2
exit /b 5
