// Whether the window may use the camera: only while somebody wants to show it a phone, and never for long.
import type { Camera } from '../station/ports.ts'

export interface WindowCamera extends Camera {
  isAllowed(): boolean
}
const longestMs = 2 * 60_000

export function windowCamera(): WindowCamera {
  let over: NodeJS.Timeout | undefined
  return {
    isAllowed: () => over !== undefined,
    allow: (wanted) => {
      clearTimeout(over)
      over = wanted
        ? setTimeout(() => {
            over = undefined
          }, longestMs)
        : undefined
    },
  }
}
