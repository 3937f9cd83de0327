// Spanish, whole.
import type { Words } from '../shape.ts'
import { administration } from './administration.ts'
import { enrollment } from './enrollment.ts'
import { failures } from './failures.ts'
import { screens } from './screens.ts'

export const es: Words<'one' | 'many' | 'other'> = { ...screens, failures, administration, enrollment }
