// How electron-builder packs the staged app (scripts/package/stage-app.mjs): its installers, what stays outside the archive, its fuses.
import path from 'node:path'
import { fuses } from './scripts/package/fuses.mjs'
import { root } from './scripts/project.mjs'

const own = (name) => path.join(root, 'scripts', 'package', name)

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'health.wardkey.station',
  productName: 'Wardkey',
  electronVersion: process.env.WARDKEY_PACKAGE_ELECTRON_VERSION,
  electronDist: path.join(root, 'out', 'package', 'electron'),
  directories: { app: 'out/package/app', output: 'out/package/made', buildResources: 'out/package/resources' },
  // Staged with the binaries that belong to this Electron.
  npmRebuild: false,
  asar: true,
  asarUnpack: ['**/*.node'],
  electronFuses: fuses,
  electronLanguages: ['en-US', 'de', 'fr', 'es', 'pl', 'ar'],
  extraResources: [{ from: path.join(root, 'resources', 'kiosk'), to: 'kiosk' }],
  publish: null,
  linux: {
    target: ['deb'],
    executableName: 'wardkey',
    category: 'Utility',
    icon: path.join(root, 'out', 'package', 'resources', 'icons'),
    synopsis: 'The lock on a shared workstation',
    maintainer: 'Wardkey <packages@wardkey.invalid>',
  },
  deb: {
    packageCategory: 'admin',
    compression: 'gz',
    afterInstall: own('after-install.sh'),
    afterRemove: own('after-remove.sh'),
    depends: [
      ...[
        'libgtk-3-0 | libgtk-3-0t64',
        'libnss3',
        'libgbm1',
        'libasound2 | libasound2t64',
        'libsecret-1-0',
        'libnotify4',
      ],
      ...['libatk-bridge2.0-0 | libatk-bridge2.0-0t64', 'libxss1', 'libxtst6'],
    ],
    recommends: ['gnome-keyring', 'dbus-x11', 'xserver-xorg-core', 'xinit'],
    fpm: [
      `${own('wardkey.sh')}=/usr/bin/wardkey`,
      `${path.join(root, 'resources', 'kiosk', 'linux', 'wardkey-kiosk.service')}=/lib/systemd/system/wardkey-kiosk.service`,
    ],
  },
}
