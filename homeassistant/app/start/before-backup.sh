#!/bin/sh
# A consistent copy of all data for the Supervisor's backup, made while the daemon runs.
set -eu
cd /app
rm -f /data/backup.tar.gz
if [ -e "$FACES2MQTT_DATA_DIR/faces2mqtt.db" ]; then
  node dist/main.js backup /data/backup.tar.gz
fi
