// What alerts, and the report of a stranger’s sign-in, say in French.
export const alerts = {
  open: 'À examiner',
  past: 'Acquittées',
  noPast: 'Rien n’a encore été acquitté.',
  failed: 'Les alertes n’ont pas pu être lues. Réessayez.',
  openCount_one: '{{shown}} alerte ouverte',
  openCount_many: '{{shown}} d’alertes ouvertes',
  openCount_other: '{{shown}} alertes ouvertes',
  concerns: 'Concerne',
  signIn: 'Cette personne dit que la connexion du {{time}} n’était pas la sienne.',
  note: 'Remarque pour le journal : {{what}}',
  acknowledge: 'Acquitter : {{what}}',
  by: 'Acquittée par {{name}}, {{time}}.',
  more: 'Afficher la suite',
  next: {
    'hub-conflict': 'Deux personnes du hub ont ici le même matricule. Faites modifier l’une d’elles dans le hub.',
    'hub-policy-refused':
      'Les règles du hub excluraient tout le monde ici ; les précédentes restent en vigueur. Faites-les modifier dans le hub.',
    'hub-phone-waiting':
      'Cette personne a un téléphone associé ici, et le hub en annonce un autre. Demandez-lui. S’il est à elle, admettez-le sur la page de la personne ou associez-le ici ; sinon, révoquez-le.',
    'hub-key-refused':
      'Le hub a envoyé d’autres clés pour un téléphone connu ici, ou un téléphone qui est à quelqu’un d’autre. Elles n’ont pas été reprises. Adressez-vous à qui gère le hub.',
    'phone-denied': 'Demandez à la personne s’il s’agit d’une erreur. Son téléphone est fermé pendant 15 minutes.',
    'phone-not-mine':
      'Parlez tout de suite à la personne : quelqu’un lui a peut-être envoyé un code à scanner. Son téléphone est fermé pendant 15 minutes.',
    'many-failures':
      'Demandez qui a essayé de se connecter ici. Chaque essai attend quelques secondes jusqu’au retour au calme.',
    'clock-wrong': 'Réglez l’horloge de cet ordinateur, puis connectez-vous avec un code de secours.',
    'credential-suspended':
      'Demandez à la personne si c’était elle. Si oui, autorisez de nouveau le téléphone ; sinon, enregistrez-en un autre.',
    'pin-suspended':
      'Demandez à la personne. Si elle l’a oublié, révoquez le code PIN : elle en choisira un nouveau à la prochaine connexion.',
    'log-caught-up':
      'Wardkey s’est arrêté sans prévenir. Si ce n’était pas une coupure de courant, demandez au service informatique.',
    'break-glass': 'Examinez-le sous Accès d’urgence : parlez à la personne et notez ce que vous avez constaté.',
    'emergency-record-broken':
      'Cherchez qui a eu accès à cet ordinateur, gardez le fichier mis de côté, puis créez de nouveaux codes d’urgence.',
    'emergency-codes-planted':
      'Quelqu’un a eu accès à cet ordinateur. Prévenez la sécurité, gardez le fichier mis de côté, puis créez de nouveaux codes.',
    'not-me':
      'Parlez à la personne, regardez la connexion, puis décidez : l’autoriser de nouveau ou enregistrer un nouveau téléphone.',
    other: 'Regardez l’événement, puis décidez.',
  },
}

export const notMe = {
  button: 'Ce n’était pas moi',
  which: 'Laquelle n’était pas la vôtre ?',
  ends: 'Ce poste se verrouille tout de suite. Votre compte et tous vos moyens de connexion sont fermés jusqu’à l’examen par un administrateur. Rien n’est effacé.',
  go: 'Signaler et verrouiller',
}
