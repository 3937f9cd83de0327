// Commands about the station's camera, which the window may use only while somebody shows it what its screen asks for.
import { z } from 'zod'
import { command, done, nothing, refused } from './answers.ts'

/** A phone that answers or is bound; the link of a hub to join. */
export const cameraUse = z.enum(['phone', 'link'])
export type CameraUse = z.infer<typeof cameraUse>

export const cameraCommands = {
  /** From now on, for two minutes at most, and only on a screen that asks for it. */
  openCamera: command(z.strictObject({ use: cameraUse }), done.or(refused(['not-now']))),
  closeCamera: command(nothing, done),
} as const
