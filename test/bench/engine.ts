// What runs in one engine, Node or Electron as Node: all that needs no window. Prints its results as one line of JSON.
import { benchAnswer } from './answer.ts'
import { benchAudit } from './audit.ts'
import { benchBackup } from './backup.ts'
import { benchLargeLog } from './large-log.ts'
import { benchLogin } from './login.ts'
import { benchPeople } from './people.ts'
import { benchQrCode } from './qr-code.ts'
import { benchRecoverySet } from './recovery-set.ts'
import { benchVerification } from './verification.ts'

const [folder] = process.argv.slice(2)
if (!folder) throw new Error('usage: engine FOLDER')
const results = [
  ...(await benchVerification()),
  ...(await benchLogin(folder)),
  ...(await benchAnswer(folder)),
  ...(await benchAudit(folder)),
  ...(await benchPeople(folder)),
  // Minutes to fill, so in the engine that shows the log's screen.
  ...(process.versions.electron ? await benchLargeLog(folder) : []),
  ...(await benchQrCode()),
  ...(await benchRecoverySet()),
  ...(await benchBackup(folder)),
]
console.log(JSON.stringify(results))
