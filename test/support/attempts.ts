// The attempts themselves: what a page could ask for, break, leave by or open, each as an expression for `attempt`.
import { insert, load } from './forbidden.ts'

type Attempts = Readonly<Record<string, string>>

export const permissions: Attempts = {
  camera: 'navigator.mediaDevices.getUserMedia({ video: true }).then(() => true)',
  microphone: 'navigator.mediaDevices.getUserMedia({ audio: true }).then(() => true)',
  'display capture': 'navigator.mediaDevices.getDisplayMedia({ video: true }).then(() => true)',
  geolocation: 'new Promise((yes, no) => navigator.geolocation.getCurrentPosition(() => yes(true), no))',
  notifications: "Notification.requestPermission().then((state) => state === 'granted')",
  'clipboard, read as text': 'navigator.clipboard.readText().then(() => true)',
  'clipboard, read': 'navigator.clipboard.read().then(() => true)',
  'clipboard, write': "navigator.clipboard.writeText('x').then(() => true)",
  MIDI: 'navigator.requestMIDIAccess().then(() => true)',
  'MIDI with system messages': 'navigator.requestMIDIAccess({ sysex: true }).then(() => true)',
  USB: 'navigator.usb.requestDevice({ filters: [] }).then(() => true)',
  HID: 'navigator.hid.requestDevice({ filters: [] }).then((devices) => devices.length > 0)',
  serial: 'navigator.serial.requestPort().then(() => true)',
  Bluetooth: 'navigator.bluetooth.requestDevice({ acceptAllDevices: true }).then(() => true)',
  'pointer lock': 'document.body.requestPointerLock().then(() => true)',
  'wake lock': "navigator.wakeLock.request('screen').then(() => true)",
  'idle detection': "IdleDetector.requestPermission().then((state) => state === 'granted')",
  'local fonts': 'queryLocalFonts().then((fonts) => fonts.length > 0)',
  'other screens': 'getScreenDetails().then(() => true)',
  'storage for good': 'navigator.storage.persist()',
  'keyboard lock': 'navigator.keyboard.lock().then(() => true)',
  'a protocol of its own': "navigator.registerProtocolHandler('mailto', 'app://station/%s') ?? true",
}

export const permissionNames = [
  ...['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'clipboard-write', 'midi'],
  ...['persistent-storage', 'screen-wake-lock', 'idle-detection', 'local-fonts', 'window-management'],
  ...['storage-access', 'background-sync', 'accelerometer', 'gyroscope', 'magnetometer'],
]

const red = "getComputedStyle(document.body).color === 'rgb(255, 0, 0)'"
const hears = (kind: string, address: string) =>
  `new Promise((yes, no) => Object.assign(new ${kind}('${address}'), { onopen: () => yes(true), onerror: no }))`

/** What breaks the content security policy, by the directive that has to speak up. */
export const policyBreaches = (base: string): Readonly<Record<string, Attempts>> => ({
  'script-src': {
    eval: "eval('true')",
    'a function of text': "new Function('return true')()",
    'a timer with text': "new Promise((tell) => setTimeout(tell, 50, setTimeout('0') > 0 && false))",
    WebAssembly: 'WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => true)',
  },
  'script-src-elem': {
    'an inline script': insert('script', { textContent: 'window.ran = true' }),
    'a javascript: link': insert('a', { href: 'javascript:window.ran = true' }),
    'a remote script': load('script', { src: `${base}/a.js` }),
    'a remote module': `import('${base}/a.js').then(() => true)`,
    'a script of data': load('script', { src: 'data:text/javascript,window.ran=true' }),
  },
  'script-src-attr': {
    'an inline handler': `(() => {
      const button = document.createElement('button')
      button.setAttribute('onclick', 'window.ran = true')
      button.click()
      return window.ran === true
    })()`,
  },
  'worker-src': {
    'a worker': "new Worker(URL.createObjectURL(new Blob(['']))) && true",
    'a shared worker': "new SharedWorker(URL.createObjectURL(new Blob(['']))) && true",
  },
  'style-src-elem': {
    'a style element': insert('style', { textContent: 'body { color: red }' }, red),
    'a remote style sheet': load('link', { rel: 'stylesheet', href: `${base}/a.css` }),
  },
  'style-src-attr': { 'a style attribute': `document.body.setAttribute('style', 'color: red') ?? ${red}` },
  'font-src': {
    'a remote font': `new FontFace('x', 'url(${base}/a.woff2)').load().then(() => true)`,
    'a font of data': "new FontFace('x', 'url(data:font/woff2,)').load().then(() => true)",
  },
  'img-src': { 'a remote image': load('img', { src: `${base}/a.png` }) },
  'media-src': { 'a remote film': load('video', { src: `${base}/a.mp4` }) },
  'object-src': {
    'a remote object': insert('object', { data: `${base}/a` }, 'false'),
    'a remote plug-in': insert('embed', { src: `${base}/a` }, 'false'),
  },
  'frame-src': {
    'a remote frame': insert('iframe', { src: base }, 'false'),
    'a frame of data': insert('iframe', { src: 'data:text/html,x' }, 'false'),
    'a frame of ourselves': insert('iframe', { src: 'app://station/index.html' }, 'false'),
  },
  'connect-src': {
    fetch: `fetch('${base}/a').then(() => true)`,
    'fetch of a file': "fetch('file:///etc/hostname').then(() => true)",
    'fetch of ourselves': "fetch('app://station/index.html').then(() => true)",
    'a WebSocket': hears('WebSocket', base.replace('http', 'ws')),
    'an event stream': hears('EventSource', base),
    // It always says that it was sent.
    'a beacon': `navigator.sendBeacon('${base}/a', 'x') && false`,
  },
  'form-action': { 'a form': insert('form', { action: base, method: 'post' }, 'false') },
  'base-uri': { 'another base': insert('base', { href: base }, `document.baseURI.startsWith('${base}')`) },
  'default-src': { prefetching: load('link', { rel: 'prefetch', href: `${base}/a` }) },
})

const goTo = (address: string) => `(location.href = '${address}') && false`

/** Ways to take the window elsewhere, or to open another. */
export const waysOut = (base: string): Attempts => ({
  'a remote address': goTo(`${base}/a`),
  'a file': goTo('file:///etc/hostname'),
  'another page of ours': goTo('app://station/assets/a.svg'),
  'another app address': goTo('app://other/index.html'),
  'a page of data': goTo('data:text/html,x'),
  'a page of a blob': "(location.href = URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))) && false",
  'a page of script': goTo('javascript:document.body.remove()'),
  'the source': goTo('view-source:app://station/index.html'),
  'a page of Chromium': goTo('chrome://gpu'),
  'a page of DevTools': goTo('devtools://devtools/bundled/inspector.html'),
  'location.replace': `location.replace('${base}/a')`,
  'a link': insert('a', { href: `${base}/a` }, 'false'),
  'a link to a new window': insert('a', { href: `${base}/a`, target: '_blank' }, 'false'),
  'a form to a new window': insert('form', { action: `${base}/a`, target: '_blank' }, 'false'),
  'a refresh': insert('meta', { httpEquiv: 'refresh', content: `0;url=${base}/a` }, 'false'),
  'a new window': `window.open('${base}/a') !== null`,
  'a new empty window': "window.open('about:blank') !== null",
  'a new window of ours': "window.open('app://station/index.html') !== null",
  'a window beside the page': 'documentPictureInPicture.requestWindow().then(() => true)',
})

const outside = ['mailto:a@example.org', 'https://example.org/', 'tel:123', 'wardkey-unknown:x', 'file:///etc/hostname']

/** What the desktop would open in another program. */
export const handedOver: Attempts = Object.fromEntries(
  outside.flatMap((address) => [
    [`going to ${address}`, goTo(address)],
    [`a window on ${address}`, `window.open('${address}') !== null`],
    [`a link to ${address}`, insert('a', { href: address, target: '_blank' }, 'false')],
    [`a frame of ${address}`, insert('iframe', { src: address }, 'false')],
  ]),
)

/** What asks for a server without asking for its content; nothing comes back of these, but a server would hear of them. */
export const hints = (base: string): Attempts => ({
  ...Object.fromEntries(
    ['preconnect', 'dns-prefetch', 'preload', 'modulepreload', 'prerender', 'icon', 'manifest'].map((rel) => [
      rel,
      insert('link', { rel, as: 'script', href: `${base}/a` }, 'false'),
    ]),
  ),
  speculation: insert(
    'script',
    { type: 'speculationrules', textContent: `{"prefetch":[{"source":"list","urls":["${base}/a"]}]}` },
    'false',
  ),
  'a ping of a link': insert('a', { href: '#workspace', ping: `${base}/a` }, 'false'),
  WebTransport: `new WebTransport('${base.replace('http', 'https')}').ready.then(() => true)`,
})

/** By UDP and by TCP; neither the policy nor the session's requests know of these. */
export const webRtc = (port: number): string => `(async () => {
  const relay = { urls: 'turn:127.0.0.1:${port}?transport=tcp', username: 'a', credential: 'b' }
  const connection = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }, relay] })
  connection.createDataChannel('a')
  await connection.setLocalDescription(await connection.createOffer())
  await new Promise((later) => setTimeout(later, 1200))
  connection.close()
})()`
