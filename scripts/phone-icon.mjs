// The icon of the phone page as a PNG of any size: the lock of the mark on the accent, clear of the edges that a phone cuts off.
import { crc32, deflateSync } from 'node:zlib'

const ground = [0x4c, 0xc2, 0xff]
const ink = [0x04, 0x20, 0x2f]
/** Of the icon's side: all of the lock lies in the middle 80 % that every phone leaves (W3C App Manifest, maskable icons). */
const lockSide = 0.56
/** Steps of an edge from the one colour to the other. */
const shades = 15
/** Half of a line of the lock, which is drawn on a grid of 24. */
const half = 1

/** @param {number} side pixels. @returns {Buffer} an opaque square; phones round it as they like. */
export function drawIcon(side) {
  const rows = Buffer.alloc(side * (1 + side))
  const scale = 24 / (side * lockSide)
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const away = distanceToLock(12 + (x + 0.5 - side / 2) * scale, 12 + (y + 0.5 - side / 2) * scale)
      rows[y * (1 + side) + 1 + x] = Math.round(shades * Math.min(1, Math.max(0, 0.5 - away / scale)))
    }
  return png(side, rows)
}

/** Negative inside. Body, shackle and keyhole are the strokes of lucide's lock-keyhole. */
function distanceToLock(x, y) {
  const body = Math.abs(distanceToBox(x - 12, y - 16, 9, 6, 2)) - half
  const arch = y < 7 ? Math.abs(Math.hypot(x - 12, y - 7) - 5) : Math.hypot(Math.abs(x - 12) - 5, Math.max(0, y - 10))
  const keyhole = Math.hypot(x - 12, y - 16) - 1 - half
  return Math.min(body, arch - half, keyhole)
}

/** @param {number} radius of its corners. */
function distanceToBox(x, y, halfWidth, halfHeight, radius) {
  const [dx, dy] = [Math.abs(x) - halfWidth + radius, Math.abs(y) - halfHeight + radius]
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}

/** @param {Buffer} rows each with a zero before it, which says that it is not filtered. */
function png(side, rows) {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  // Eight bits a pixel, by palette.
  head.set([8, 3], 8)
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    start,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.concat(Array.from({ length: shades + 1 }, (_, i) => shade(i / shades)))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const shade = (part) => Buffer.from(ground.map((from, i) => Math.round(from + (ink[i] - from) * part)))

function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}
