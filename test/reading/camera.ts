// A camera that was never there: what a phone's frame would hold of a screen, by geometry, optics and noise, each from a seed.
import type { Seeded } from '../unit/support/seeded.ts'

/** Lightness, row by row, 0 to 255. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly light: Uint8Array
}
export interface Screen extends Picture {
  /** Middle of the code, in pixels of the screen. */
  readonly centre: { readonly x: number; readonly y: number }
  /** Side of the code without its quiet zone, in pixels of the screen. */
  readonly side: number
  /** Of the display itself. */
  readonly pixelsPerCm: number
}
export interface Scene {
  readonly distanceCm: number
  /** Away from straight ahead, in a direction of chance. */
  readonly tiltDegrees: number
  /** Standard deviation of the optics' blur, in pixels of the frame. */
  readonly blur: number
  /** Length of the smear of a moving hand, in pixels of the frame. */
  readonly smear: number
  /** Share of the code's area under glare. */
  readonly glare: number
  /** Share of the code's area under dirt. */
  readonly dirt: number
  /** Share of the light that there would be by day. */
  readonly exposure: number
}
export const clean: Scene = { distanceCm: 60, tiltDegrees: 0, blur: 0, smear: 0, glare: 0, dirt: 0, exposure: 1 }

/** The middle of a preview of 1280 pixels, as the phone page asks for; 65 degrees across, as most phones have. */
export const frame = { width: 640, height: 480, whole: 1280, fieldDegrees: 65 } as const
const focal = frame.whole / 2 / Math.tan((frame.fieldDegrees * Math.PI) / 360)
/** By day, and in each electron's own way: what a small sensor adds. */
const dayNoise = 2.5

export function photograph(screen: Screen, scene: Scene, chance: Seeded): Picture {
  const share = () => chance.integer(0, 1_000_000) / 1_000_000
  const dirty = stained(screen, scene, share)
  const seen = blurred(smeared(projected(dirty, scene, share), scene.smear, share), scene.blur)
  return exposed(seen, scene.exposure, chance)
}

/** The screen as the frame sees it: tilted by `tiltDegrees`, the phone turned a little, aimed not quite at the middle. */
function projected(screen: Screen, scene: Scene, share: () => number): Picture {
  const tilt = (scene.tiltDegrees * Math.PI) / 180
  const toward = share() * 2 * Math.PI
  const turned = ((share() * 20 - 10) * Math.PI) / 180
  const [cosine, sine] = [Math.cos(turned), Math.sin(turned)]
  const aim = { x: share() * 3 - 1.5, y: share() * 3 - 1.5 }
  // Unit vectors of the screen's plane in the camera's space, after tilting about an axis in that plane.
  const [c, s] = [Math.cos(toward), Math.sin(toward)]
  const k = Math.cos(tilt)
  const right = [k * c * c + s * s, (k - 1) * c * s, -Math.sin(tilt) * c] as const
  const down = [(k - 1) * c * s, k * s * s + c * c, -Math.sin(tilt) * s] as const
  const normal = [right[1] * down[2] - right[2] * down[1], right[2] * down[0] - right[0] * down[2], k] as const
  const light = new Uint8Array(frame.width * frame.height)
  const fine = 2
  for (let y = 0; y < frame.height; y++)
    for (let x = 0; x < frame.width; x++) {
      let sum = 0
      for (let part = 0; part < fine * fine; part++) {
        const px = x + ((part % fine) + 0.5) / fine - frame.width / 2
        const py = y + (Math.floor(part / fine) + 0.5) / fine - frame.height / 2
        const u = (px * cosine - py * sine) / focal
        const v = (px * sine + py * cosine) / focal
        // Where the ray (u, v, 1) meets the plane through (0, 0, distance).
        const depth = (scene.distanceCm * normal[2]) / (u * normal[0] + v * normal[1] + normal[2])
        const at = [u * depth, v * depth, depth - scene.distanceCm] as const
        const across = at[0] * right[0] + at[1] * right[1] + at[2] * right[2] + aim.x
        const along = at[0] * down[0] + at[1] * down[1] + at[2] * down[2] + aim.y
        sum += lightAt(screen, across * screen.pixelsPerCm, along * screen.pixelsPerCm)
      }
      light[y * frame.width + x] = sum / (fine * fine)
    }
  return { width: frame.width, height: frame.height, light }
}

/** Off the screen there is a dim room. */
function lightAt({ width, height, light, centre }: Screen, across: number, along: number): number {
  const [x, y] = [Math.round(centre.x + across), Math.round(centre.y + along)]
  return x < 0 || y < 0 || x >= width || y >= height ? 40 : (light[y * width + x] ?? 40)
}

/** Fingerprints and dust darken in spots; a lamp's mirror image lightens in one, soft at its edge. */
function stained(screen: Screen, { dirt, glare }: Scene, share: () => number): Screen {
  if (dirt === 0 && glare === 0) return screen
  const light = screen.light.slice()
  const { side, centre } = screen
  const paint = (radius: number, change: (before: number, strength: number) => number) => {
    const [cx, cy] = [centre.x + (share() - 0.5) * side, centre.y + (share() - 0.5) * side]
    for (let y = Math.max(0, Math.floor(cy - radius)); y < Math.min(screen.height, cy + radius); y++)
      for (let x = Math.max(0, Math.floor(cx - radius)); x < Math.min(screen.width, cx + radius); x++) {
        const from = Math.hypot(x - cx, y - cy) / radius
        if (from < 1)
          light[y * screen.width + x] = change(light[y * screen.width + x] ?? 0, Math.min(1, 2 * (1 - from)))
      }
  }
  for (let left = dirt; left > 0.0005; ) {
    const radius = side * (0.015 + share() * 0.05)
    left -= (Math.PI * radius * radius) / (side * side)
    paint(radius, (before, strength) => before + (70 - before) * strength * 0.9)
  }
  if (glare > 0)
    paint(side * Math.sqrt(glare / Math.PI), (before, strength) => before + (250 - before) * strength * 0.85)
  return { ...screen, light }
}

function smeared(picture: Picture, length: number, share: () => number): Picture {
  if (length === 0) return picture
  const angle = share() * Math.PI
  const { width, height } = picture
  const light = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0
      for (let step = 0; step < length; step++) {
        const at = step - (length - 1) / 2
        const sx = Math.min(width - 1, Math.max(0, Math.round(x + at * Math.cos(angle))))
        const sy = Math.min(height - 1, Math.max(0, Math.round(y + at * Math.sin(angle))))
        sum += picture.light[sy * width + sx] ?? 0
      }
      light[y * width + x] = sum / length
    }
  return { width, height, light }
}

/** Gaussian, across and then along. */
function blurred(picture: Picture, sigma: number): Picture {
  if (sigma === 0) return picture
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)))
  const total = weights.reduce((sum, weight) => sum + weight)
  const { width, height } = picture
  const pass = (light: Uint8Array, stepX: number, stepY: number) => {
    const out = new Uint8Array(light.length)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        let sum = 0
        for (const [i, weight] of weights.entries()) {
          const sx = Math.min(width - 1, Math.max(0, x + (i - reach) * stepX))
          const sy = Math.min(height - 1, Math.max(0, y + (i - reach) * stepY))
          sum += (light[sy * width + sx] ?? 0) * weight
        }
        out[y * width + x] = sum / total
      }
    return out
  }
  return { width, height, light: pass(pass(picture.light, 1, 0), 0, 1) }
}

/** Less light is made up by amplifying, noise and all; twelve of the sensor's own numbers make one that is nearly normal. */
function exposed({ width, height, light }: Picture, exposure: number, chance: Seeded): Picture {
  const noise = chance.bytes(1 << 16)
  const out = new Uint8Array(light.length)
  const spread = dayNoise / Math.sqrt(exposure)
  let at = chance.integer(0, noise.length - 1)
  for (let i = 0; i < light.length; i++) {
    let sum = 0
    for (let each = 0; each < 6; each++) {
      at = (at * 5 + 12_345 + i) & 0xffff
      sum += noise[at] ?? 0
    }
    const normal = (sum / 6 - 127.5) / 30
    out[i] = Math.max(0, Math.min(255, (light[i] ?? 0) + normal * spread))
  }
  return { width, height, light: out }
}
