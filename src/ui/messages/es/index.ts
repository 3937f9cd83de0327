// Spanish, whole.
import type { Words } from '../shape.ts'
import { administration } from './administration.ts'
import { enrollment } from './enrollment.ts'
import { failures } from './failures.ts'
import { policy } from './policy.ts'
import { screens } from './screens.ts'

export const es: Words<'one' | 'many' | 'other'> = { ...screens, failures, administration, enrollment, policy }
