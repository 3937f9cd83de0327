// What enrollment says in French: parts of the list of people, offers that wait, a new phone, a second person.
import type { enrollment as english } from '../en/enrollment.ts'
import type { Translated } from '../shape.ts'

export const enrollment: Translated<typeof english, 'one' | 'many' | 'other'> = {
  parts: 'Quelles personnes',
  part: {
    everybody: 'Tout le monde',
    active: 'Actives',
    'no-phone': 'Sans téléphone',
    suspended: 'Suspendues',
    left: 'Parties',
  },
  credentialPart: {
    everybody: 'Tout le monde',
    'no-phone': 'Sans téléphone',
    'two-phones': 'Deux téléphones',
    'phone-suspended': 'Téléphone suspendu',
    'few-codes': 'Peu de codes de secours',
    'no-codes': 'Aucun code de secours',
    'codes-not-stored': 'Codes non conservés',
    pin: 'Avec un code PIN',
  },
  addPhone: 'Ajouter un second téléphone',
  replaceEnds:
    'Le téléphone précédent prend fin dès que le nouveau affiche son premier code. Une session qu’il a ouverte se verrouille aussitôt.',
  hidden: 'Masqué, car personne n’a touché l’écran depuis une minute.',
  show: 'Toucher pour afficher',
  withdrawn: 'Ce code a été retiré.',
  move: {
    name: 'Passer à un nouveau téléphone',
    why: 'Saisissez un code du téléphone actuel. Le premier code du nouveau y met fin.',
    code: 'Code du téléphone actuel',
    what: 'Ce qui s’est passé avec le téléphone',
    lost: 'Sans ce téléphone, adressez-vous à l’encadrement : le nouveau sera associé pour vous.',
    go: 'Continuer',
  },
  second: {
    heading: 'Une seconde personne, s’il vous plaît',
    why: 'La politique demande qu’une autre personne habilitée donne son accord ici.',
    staffId: 'Matricule de la seconde personne',
    code: 'Code à usage unique de la seconde personne',
    go: 'Donner son accord',
    notAllowed: 'Ce doit être une autre personne habilitée.',
  },
  offers: {
    heading: 'Associations en attente',
    none: 'Aucune association n’attend.',
    ended: 'Terminées récemment',
    show: 'Afficher le code',
    renew: 'Plus de temps',
    withdraw: 'Retirer',
    withdrawEnds: 'Cette association prend fin. Son code ne vaut plus rien, où qu’il ait été vu.',
    madeBy: 'par {{name}}',
    until: 'jusqu’à {{time}}',
    purpose: {
      first: 'Premier téléphone',
      replace: 'Nouveau téléphone',
      add: 'Second téléphone',
      move: 'Passage à un nouveau téléphone',
    },
    end: {
      confirmed: 'Confirmée',
      expired: 'Délai passé',
      abandoned: 'Restée inachevée',
      replaced: 'Remplacée par une autre',
      'too-many-tries': 'Trop d’essais',
      'second-part': 'Un second téléphone a répondu',
      'station-stopped': 'Le poste s’est arrêté',
      withdrawn: 'Retirée',
      other: 'Terminée',
    },
  },
}
