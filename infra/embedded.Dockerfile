# The broker in one process. The context is the published embedded host:
#   dotnet publish hosts/Embedded -c Release -r linux-x64 -o .dev/embedded
#   docker build -f infra/embedded.Dockerfile -t buildfunctions-embedded .dev/embedded
ARG BASE=mcr.microsoft.com/dotnet/aspnet:10.0
FROM ${BASE}
# git clones the sources that builds name by address; curl asks after the health.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl git \
    && rm -rf /var/lib/apt/lists/*
# The base names its unprivileged user; a new volume takes over the owner of this folder.
RUN install --directory --owner="${APP_UID}" --group="${APP_UID}" /data
WORKDIR /app
COPY . .
ENV BF_DATA=/data \
    BF_CONFIG_DIR=/data/config
USER ${APP_UID}
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["./BuildFunctions.Embedded"]
CMD ["--urls", "http://0.0.0.0:8080"]
