// What a window of ours may not do, whatever runs in it (Electron's security checklist).
import { app, type MediaAccessPermissionRequest, type Session } from 'electron'
import { origin } from './app-protocol.ts'
import type { WindowCamera } from './camera.ts'

/** For every web contents that will ever exist. */
export function lockWebContents(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** @param camera says when the one permission that there is may be given: pictures for our own page, no sound. */
export function lockSession(session: Session, camera: WindowCamera): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const { mediaTypes } = details as MediaAccessPermissionRequest
    const pictures = permission === 'media' && mediaTypes?.length === 1 && mediaTypes[0] === 'video'
    answer(pictures && details.isMainFrame && details.requestingUrl.startsWith(`${origin}/`) && camera.isAllowed())
  })
  session.setPermissionCheckHandler((_contents, permission, asking, { mediaType, isMainFrame }) => {
    const pictures = permission === 'media' && mediaType === 'video'
    return pictures && isMainFrame && asking.replace(/\/$/, '') === origin && camera.isAllowed()
  })
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}))
  // What goes round the filter below, such as WebRTC, meets a proxy that is not there.
  void session.setProxy({ mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' })
  session.on('will-download', (event) => event.preventDefault())
  // The window has no business on the network: only its own files, and DevTools' while developing.
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = details.url.startsWith(`${origin}/`) || (!app.isPackaged && details.url.startsWith('devtools://'))
    answer({ cancel: !allowed })
  })
}
