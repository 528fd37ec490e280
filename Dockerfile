# Pupil in a container: built with Maven, run with a Java runtime alone, as a user without rights.
#
#   docker build -t pupil .
#   docker run --rm -it -v "$PWD:/work" -u "$(id -u):$(id -g)" pupil retrain --image_dir my-photos
FROM docker.io/library/maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
# The cache of Maven's downloads stays between builds, where the builder has one.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -Dmaven.test.skip=true -Dspotless.check.skip -pl pupil-app -am package \
    && mkdir /opt/pupil \
    && cp -r pupil pupil-app/target/pupil/. LICENSE NOTICE /opt/pupil/

FROM docker.io/library/eclipse-temurin:21-jre
COPY --from=build /opt/pupil /opt/pupil
# The native libraries are unpacked and the classes for fast starts made while the image is built, so
# that no container does it again. Any user may read both.
ENV PUPIL_CACHE=/opt/pupil/cache LANG=C.UTF-8 PATH=/opt/pupil:$PATH
RUN useradd --create-home --uid 10001 pupil \
    && pupil self-check \
    && chmod -R a+rX /opt/pupil \
    && mkdir /work && chown pupil /work
USER pupil
# Photos are read from here, and pupil-model is written here: mount a folder of yours.
VOLUME /work
WORKDIR /work
# The board, if it is started with --host 0.0.0.0.
EXPOSE 6006
ENTRYPOINT ["pupil"]
CMD ["--help"]
