# syntax=docker/dockerfile:1

# docker build -t afterword .
# docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/site" afterword check

FROM rust:1.95-alpine3.22 AS build
# The C compiler, for the allocator. Alpine keeps one version of a package for each of its own.
# hadolint ignore=DL3018
RUN apk add --no-cache build-base
WORKDIR /afterword
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/afterword/target \
    cargo build --release --locked && \
    cp target/release/afterword /usr/local/bin/

FROM alpine:3.22
# Git tells what has changed, and the history of incidents. A mounted folder belongs to somebody else, which git refuses unless told so.
# hadolint ignore=DL3018
RUN apk add --no-cache git && \
    git config --system --add safe.directory /site && \
    adduser -D -H -u 10001 afterword
COPY --from=build /usr/local/bin/afterword /usr/local/bin/
USER 10001
WORKDIR /site
ENTRYPOINT ["afterword"]
CMD ["--help"]
