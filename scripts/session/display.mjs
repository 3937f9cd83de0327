// A display to open windows on: the one there is, or an invisible one.
import { Obstacle, say } from '../speak.mjs'
import { holdOpen } from './hold-open.mjs'

/** @returns {Promise<{env: Record<string, string>, close: () => Promise<void>}>} */
export async function openDisplay() {
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (process.platform !== 'linux' || hasDisplay) return { env: {}, close: async () => {} }
  say('no display here: opening an invisible one (Xvfb, 1920 by 1080)')
  const screen = ['-a', '-s', '-screen 0 1920x1080x24 -nolisten tcp']
  const held = await holdOpen('xvfb-run', screen, ['DISPLAY', 'XAUTHORITY'])
  if (!held.env) throw new Obstacle(`no display can be opened: ${held.output}`)
  return held
}
