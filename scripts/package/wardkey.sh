#!/bin/sh
# Without a word the station, with one the command line: both are the one program.
# As root no station opens; a command opens no window and has no use for the sandbox that Chromium denies to root.
if [ "$(id -u)" = 0 ]; then
  [ $# -gt 0 ] || { echo "wardkey: not as root; start the station as its own account" >&2; exit 2; }
  exec /opt/Wardkey/wardkey --no-sandbox "$@"
fi
exec /opt/Wardkey/wardkey "$@"
