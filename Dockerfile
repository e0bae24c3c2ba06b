# faces2mqtt: the daemon, without compilers and development tools.
#
#   docker build -t faces2mqtt .
#   docker run -v faces2mqtt:/data --network host faces2mqtt
#
# It listens on loopback only, so without `--network host` it cannot be reached. To open it, set a token, and users for the
# embedded broker (or the address of your own broker):
#
#   docker run -v faces2mqtt:/data -p 8099:8099 -p 1883:1883 \
#     -e FACES2MQTT_HTTP_HOST=0.0.0.0 -e FACES2MQTT_HTTP_TOKEN=... \
#     -e FACES2MQTT_MQTT_EMBEDDED_HOST=0.0.0.0 \
#     -e FACES2MQTT_MQTT_EMBEDDED_USERS='[{username: front_door, password: ..., role: camera}]' \
#     faces2mqtt
#
# What faces from pictures need (snapshots.enabled) is inside.
#
# To use a configuration file, put it into the volume and add `run --config /data/config.yaml`. Other commands:
# `docker exec <container> node dist/main.js backup /data/backup.tar.gz`. The health check uses port 8099, or FACES2MQTT_HTTP_PORT:
# set another port there, not in the file.

FROM node:24-slim AS build
WORKDIR /app
# For better-sqlite3, if its prebuilt binary is not available.
RUN apt-get update && apt-get install -y --no-install-recommends g++ make python3 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY ui ui
RUN npm run build
# What pictures need: pinned, every hash is compared. An image goes to other machines, so a build that cannot run the native
# code (under an emulator, for one) fails instead of taking the slower one. Readable for whichever user the container runs as.
RUN FACES2MQTT_SNAPSHOTS_MODELS_DIR=/app/models node dist/main.js models --runtime node && chmod -R a+rX models
RUN npm prune --omit=dev && rm -rf node_modules/better-sqlite3/deps node_modules/better-sqlite3/src \
    && find node_modules/better-sqlite3/build -type f ! -name better_sqlite3.node -delete

FROM node:24-slim
# Weights and runtime are outside of the data, so that an update brings its own. Their licences: models/NOTICES.txt and
# /usr/share/common-licenses/Apache-2.0.
ENV NODE_ENV=production FACES2MQTT_DATA_DIR=/data FACES2MQTT_SNAPSHOTS_MODELS_DIR=/app/models
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/ui/dist ui/dist
COPY --from=build /app/models models
RUN install -d -m 0700 -o node -g node /data
USER node
VOLUME /data
EXPOSE 1883 8099
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.FACES2MQTT_HTTP_PORT||8099}/healthz`).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Signals reach the daemon itself, which stops cleanly within 5 s.
ENTRYPOINT ["node", "dist/main.js"]
CMD ["run"]
