// English, whole.
import { administration } from './administration.ts'
import { enrollment } from './enrollment.ts'
import { failures } from './failures.ts'
import { policy } from './policy.ts'
import { screens } from './screens.ts'

export const en = { ...screens, failures, administration, enrollment, policy }
