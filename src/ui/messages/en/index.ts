// English, whole.
import { administration } from './administration.ts'
import { alerts, notMe } from './alerts.ts'
import { audit } from './audit.ts'
import { brand } from './brand.ts'
import { emergency } from './emergency.ts'
import { enrollment } from './enrollment.ts'
import { failures } from './failures.ts'
import { hub } from './hub.ts'
import { policy } from './policy.ts'
import { restore } from './restore.ts'
import { scan } from './scan.ts'
import { screens } from './screens.ts'
import { tokens } from './tokens.ts'
import { ways } from './ways.ts'
import { workstation } from './workstation.ts'

export const en = {
  ...screens,
  failures,
  administration,
  enrollment,
  hub,
  policy,
  audit,
  alerts,
  notMe,
  workstation,
  emergency,
  brand,
  restore,
  scan,
  tokens,
  ways,
}
