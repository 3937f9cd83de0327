// Commands about the screen and the session as a whole.
import { screenState } from '../screen.ts'
import { command, done, nothing } from './answers.ts'

export const stationCommands = {
  readScreen: command(nothing, screenState),
  retryStart: command(nothing, done),
  wakeChallenge: command(nothing, done),
  reportActivity: command(nothing, done),
  lockNow: command(nothing, done),
} as const
