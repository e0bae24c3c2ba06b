#!/bin/sh
# The Supervisor has it now.
rm -f /data/backup.tar.gz
