// The screens on which the camera may look: at a phone that answers or is bound, or at the link of a hub to join.
import type { CameraUse } from '../contracts/commands/camera.ts'
import type { OfferView, ScreenState } from '../contracts/screen.ts'

export const asksFor = (use: CameraUse, screen: ScreenState): boolean =>
  use === 'phone' ? takesPhones(screen) : takesLinks(screen)

const isBinding = (offer: OfferView | null): boolean => offer?.kind === 'phone' && !offer.ended

function takesPhones(screen: ScreenState): boolean {
  switch (screen.kind) {
    case 'locked':
      return screen.pin === null
    case 'offer':
      return isBinding(screen.offer)
    case 'session':
      return isBinding(screen.offer) || screen.question !== null
    default:
      return false
  }
}

/** On the first screen, and for whoever may have the station join. */
function takesLinks(screen: ScreenState): boolean {
  if (screen.kind === 'first-run') return screen.hub === null
  return screen.kind === 'session' && screen.hub === null && screen.person.may.includes('run-station')
}
