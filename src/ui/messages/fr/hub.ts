// How the workstation stands with its hub, in French.
export const hub = {
  online: '{{name}} : à jour',
  connecting: '{{name}} : connexion',
  offline: '{{name}} injoignable. État du {{time}}',
  near: '{{name}} injoignable depuis {{time}}. Ce qui en vient expire bientôt',
  over: '{{name}} injoignable depuis {{time}}. Ce qui en vient n’est plus valable',
  closed: '{{name}} n’accepte plus rien de ce poste. Demandez au service informatique',
  join: {
    heading: 'Le hub',
    lead: 'Un hub apporte à ce poste les personnes, la politique et les révocations, et garde son journal là où personne ici ne peut le couper.',
    link: 'Lien d’adhésion',
    linkHelp:
      'Un administrateur du hub le crée. Il sert une fois, pendant dix minutes. Saisissez-le, collez-le ou lisez son code avec la caméra.',
    byCamera: 'Le lire avec la caméra',
    go: 'Rejoindre le hub',
    asking: 'Le hub est interrogé',
    organisation: 'Organisation',
    address: 'Adresse',
    state: 'Connexion',
    states: {
      none: 'Pas commencée',
      connecting: 'Connexion en cours',
      online: 'Connecté',
      offline: 'Injoignable',
      closed: 'Fermé par le hub',
    },
    confirmed: 'Dernière confirmation',
    log: 'Journal',
    kept_one: '{{shown}} entrée sur {{total}} y est conservée',
    kept_many: '{{shown}} d’entrées sur {{total}} y sont conservées',
    kept_other: '{{shown}} entrées sur {{total}} y sont conservées',
    instead: 'Votre organisation a-t-elle un hub ? Alors les personnes viennent de là.',
    atFirst: 'Rejoindre un hub',
    atFirstLead:
      'Nommez ce poste et donnez le lien qu’un administrateur du hub a créé pour lui. Les personnes et la politique viennent de là ; personne n’a besoin d’être inscrit ici.',
    waiting: 'Poste rattaché',
    waitingLead:
      'Ce poste se verrouille dès que le hub a envoyé quelqu’un qui peut se connecter. Si personne ne vient, demandez à un administrateur du hub d’inscrire quelqu’un pour le groupe de ce poste.',
    waitingFor: 'En attente de personnes de {{name}}',
  },
}
