// Ce qu'un nouveau poste dit d'une sauvegarde à restaurer, en français.
export const restore = {
  instead: 'Ce poste existait déjà ? Une sauvegarde le fait revenir.',
  heading: 'Restaurer une sauvegarde',
  how: 'Choisissez le fichier de la sauvegarde et saisissez sa phrase secrète. Les personnes, leurs applications d’authentification et les règles reviennent.',
  choose: 'Choisir le fichier',
  chooseOther: 'Choisir un autre fichier',
  file: 'Fichier de la sauvegarde',
  noFile: 'Aucun fichier choisi.',
  passphrase: 'Phrase secrète de la sauvegarde',
  ends: 'Les codes de secours, les codes PIN, les téléphones jumelés et les associations en attente prennent fin. Un administrateur ouvre d’abord une session et confirme les personnes.',
  go: 'Restaurer',
  busy: 'Restauration en cours',
  stopping: 'Arrêt de la restauration',
  refused: {
    'not-now': 'Ce n’est pas possible pour le moment. Réessayez dans un instant.',
    unreadable: 'Ce fichier ne peut pas être lu. Choisissez-en un autre.',
    'not-a-backup': 'Ce fichier n’est pas la sauvegarde d’un poste.',
    'wrong-passphrase': 'Cette phrase secrète n’ouvre pas la sauvegarde. Rien n’a été restauré.',
    damaged: 'La sauvegarde est incomplète ou modifiée. Rien n’a été restauré. Essayez-en une plus ancienne.',
    'other-version': 'Cette version de Wardkey ne connaît pas cette forme de sauvegarde. Rien n’a été restauré.',
    'newer-version':
      'Une version plus récente de Wardkey a fait cette sauvegarde. Installez-la d’abord. Rien n’a été restauré.',
    'disk-full': 'Il n’y a pas assez de place sur le disque. Faites de la place, puis réessayez.',
    'not-empty':
      'Des fichiers d’un poste sont déjà ici. Rien n’a été restauré. Demandez un dossier de données vide au service informatique.',
    'keychain-in-use':
      'Le trousseau de ce compte contient déjà la clé d’un poste. Rien n’a été restauré. Adressez-vous au service informatique.',
    running: 'Un autre programme utilise le dossier de données. Fermez-le, puis réessayez.',
    'no-administrator':
      'Aucun administrateur de cette sauvegarde ne pourrait ouvrir de session. Rien n’a été restauré.',
    stopped: 'La restauration a été interrompue. Rien n’a été conservé.',
    failed: 'Cela n’a pas fonctionné. Rien n’a été restauré. Réessayez.',
  },
}
