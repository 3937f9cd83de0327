// How far an enrollment at the desk has come.
import type { Role } from '../contracts/roles.ts'
import type { OfferView, QrSymbol } from '../contracts/screen.ts'
import type { OfferPlan } from './offers.ts'

export type Stage =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'offer'
      readonly view: OfferView
      readonly roles: readonly Role[]
      readonly actor: string | undefined
      readonly plan: OfferPlan
      /** A ticket led here: nobody is signed in, and nobody may make another. */
      readonly byTicket: boolean
    }
  | {
      /** A first code was right, and policy wants a PIN that is not there yet. */
      readonly kind: 'pin'
      readonly personId: string
      readonly personName: string
      readonly codesId: string
      readonly byTicket: boolean
    }
  | {
      /** A phone that scans was bound: it scans this next, to know the workstation. */
      readonly kind: 'welcome'
      readonly personId: string
      readonly personName: string
      readonly qr: QrSymbol
      /** Its part came by way of a hub, so the welcome goes there, too. */
      readonly sent: boolean
      readonly byTicket: boolean
    }
  | {
      readonly kind: 'codes'
      readonly personId: string
      readonly personName: string
      readonly byTicket: boolean
      /** They follow a new phone; otherwise they replace or complete what there was. */
      readonly newPhone: boolean
      /** The set whose codes were handed out in this stage: only that one can be acknowledged. */
      readonly codesId: string | null
    }
