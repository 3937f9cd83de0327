#!/bin/sh
# What CUSTOM_FPM_PATH names: electron-builder wants a program.
WARDKEY_FPM=1 exec node "$(dirname "$0")/fpm.mjs" "$@"
