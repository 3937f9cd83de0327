// Commands about the station's camera, which the window may use only while somebody shows it a phone.
import { command, done, nothing, refused } from './answers.ts'

export const cameraCommands = {
  /** From now on, for two minutes at most, and only on a screen that has a phone to look at. */
  openCamera: command(nothing, done.or(refused(['not-now']))),
  closeCamera: command(nothing, done),
} as const
