#!/bin/sh
# The kiosk's session under X: a bus and a keyring of its own, then the station, and nothing else. When the station ends, so does the session.
set -eu
exec dbus-run-session -- sh -euc '
  gnome-keyring-daemon --unlock --components=secrets < "$CREDENTIALS_DIRECTORY/keyring" > /dev/null
  exec /usr/bin/wardkey
'
