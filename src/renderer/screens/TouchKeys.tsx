// Brings the on-screen keys for whichever text field a finger goes into.
import { TextKeys } from '../../ui/TextKeys.tsx'
import { useTouchedField } from '../state/useTouchedField.ts'

export function TouchKeys() {
  const [field, hide] = useTouchedField()
  return field && <TextKeys field={field} onHide={hide} />
}
