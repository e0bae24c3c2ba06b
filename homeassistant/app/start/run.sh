#!/bin/sh
# Starts faces2mqtt under the Supervisor: settings from its options and its broker, data from a backup if there is none.
set -eu

backup=/data/backup.tar.gz

# An assignment fails with the command in it; eval "$(…)" would not.
settings=$(node /start/settings.mjs)
eval "$settings"

if [ -f "$backup" ] && [ ! -e "$FACES2MQTT_DATA_DIR/faces2mqtt.db" ]; then
  echo "no data, but a backup: restoring it"
  node dist/main.js restore "$backup"
fi
rm -f "$backup"

# The Supervisor mounts /data as root; the daemon runs without those rights.
mkdir -p -m 0700 "$FACES2MQTT_DATA_DIR"
chown -R node:node "$FACES2MQTT_DATA_DIR"
exec setpriv --reuid node --regid node --init-groups node dist/main.js run
