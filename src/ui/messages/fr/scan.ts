// What a phone that scans is told about in French: binding, answers, the camera.
import type { scan as english } from '../en/scan.ts'
import type { Translated } from '../shape.ts'

export const scan: Translated<typeof english, 'one' | 'many' | 'other'> = {
  bind: 'Jumeler un téléphone',
  bindFor: 'Jumeler un téléphone pour {{name}}',
  bindOwn: 'Jumeler mon téléphone',
  bindAgain: 'Jumeler un nouveau téléphone',
  which:
    'Associer un téléphone : une application d’authentification affiche des chiffres à saisir. Jumeler un téléphone : il scanne l’écran de verrouillage et la personne approuve sur le téléphone.',
  bindEnds:
    'Les téléphones précédents ne servent plus dès que le nouveau est jumelé. Une session ouverte par l’un d’eux se verrouille aussitôt.',
  bound: 'Jumelé pour scanner',
  qr: 'Code QR de jumelage',
  steps: [
    'Ouvrez Wardkey sur le téléphone et touchez Scanner. Ou scannez avec son appareil photo et ouvrez la page.',
    'Le téléphone crée ses clés. Il affiche ensuite un code et 16 caractères.',
    'Apportez l’un des deux ici : montrez-le ou saisissez-le.',
  ],
  byCamera: 'Présenter le code du téléphone à la caméra de ce poste',
  noCamera: 'Ce poste n’a pas de caméra.',
  typed: 'Partie du téléphone',
  typedHelp: 'Les 16 lettres et chiffres sous « pas de caméra » sur le téléphone.',
  send: 'Continuer',
  shortPart: 'La partie compte 16 lettres et chiffres.',
  partCame: {
    shown: 'Le code du téléphone est lu. Saisissez maintenant les huit chiffres qu’il affiche.',
    typed: 'La partie est acceptée. Saisissez maintenant les huit chiffres que le téléphone affiche pour elle.',
    sent: 'Le téléphone a envoyé sa partie. Saisissez maintenant les huit chiffres qu’il affiche.',
  },
  part: {
    'not-a-part': 'Le téléphone montre autre chose. Présentez le code qu’il affiche pour le jumelage.',
    'other-offer': 'Cela appartient à un autre code. Scannez avec le téléphone celui de cet écran.',
    'bad-part': 'Le code du téléphone n’a pas pu être vérifié. Scannez encore une fois cet écran.',
    'second-part':
      'Un second téléphone a répondu, ce code ne vaut donc plus. Créez-en un nouveau et scannez-le avec un seul téléphone.',
    expired: 'Le temps de ce code est écoulé. Créez-en un nouveau.',
    'not-now': 'Impossible pour le moment. Réessayez dans un instant.',
  },
  confirm: {
    'no-part': 'D’abord la partie du téléphone : montrez-la ou saisissez-la.',
    'wrong-code': 'Ces chiffres ne correspondent pas. Saisissez les huit que le téléphone affiche maintenant.',
    expired: 'Le temps de ce code est écoulé. Créez-en un nouveau.',
    'too-many-tries': 'Trop d’essais. Créez un nouveau code et recommencez.',
    'not-now': 'Impossible pour le moment. Réessayez dans un instant.',
    'last-administrator':
      'La politique demande plus que ne peut ce téléphone, et le dernier accès d’un administrateur prendrait fin. Rien n’a changé : prenez un téléphone qui peut vérifier qui le tient.',
  },
  secondEnded: 'Un second téléphone a répondu, ce code ne vaut donc plus.',
  endedNext: 'Créez-en un nouveau et scannez-le avec le téléphone.',
  welcome: {
    heading: 'Scannez encore une fois',
    why: 'Le téléphone de {{name}} est jumelé. Il apprend maintenant quel est ce poste : touchez Scanner sur le téléphone et scannez ce code. Il vous alertera devant un poste qu’il ne connaît pas.',
    qr: 'Code QR de bienvenue',
    done: 'Terminé',
    sent: 'Le téléphone dit de lui-même qu’il est lié ? Alors il connaît déjà ce poste : touchez Terminé.',
    skip: 'Un téléphone jumelé sans caméra peut s’en passer.',
  },
  camera: {
    name: 'Caméra',
    picture: 'Ce que voit la caméra',
    starting: 'La caméra démarre…',
    reading: 'Présentez le code du téléphone à la caméra, à environ 20 cm.',
    'not-allowed': 'Wardkey n’a pas accès à la caméra. Demandez au service informatique, ou saisissez.',
    'no-camera': 'Il n’y a pas de caméra. Saisissez plutôt.',
    'in-use': 'Un autre programme utilise la caméra. Fermez-le, ou saisissez.',
    failed: 'La caméra ne fonctionne pas. Saisissez plutôt.',
    close: 'Fermer la caméra',
  },
  show: 'Montrer le téléphone à la caméra',
  hint: 'Scannez avec Wardkey sur votre téléphone. Saisissez ensuite ses huit chiffres ici.',
  hintCamera:
    'Scannez avec Wardkey sur votre téléphone. Saisissez ensuite ses huit chiffres, ou montrez-le à la caméra.',
  hintId:
    'Scannez avec Wardkey sur votre téléphone. Choisissez ensuite « Autres moyens » et saisissez votre matricule et les huit chiffres.',
  answer: 'Réponse du téléphone',
  answerHint: 'Huit chiffres, après avoir scanné le code de cet écran.',
  shortAnswer: 'Une réponse compte huit chiffres.',
  ask: {
    qr: 'Code QR pour cette approbation',
    hint: 'Ou scannez ceci avec Wardkey sur votre téléphone. Saisissez ensuite ses huit chiffres, ou montrez-le à la caméra.',
    hintOther:
      'Ou la deuxième personne scanne ceci avec Wardkey sur son téléphone. Saisissez ensuite ses huit chiffres, ou montrez-le à la caméra.',
    notAllowed: {
      'step-up': 'C’est le téléphone de quelqu’un d’autre. Il faut celui de la personne connectée.',
      move: 'C’est le téléphone de quelqu’un d’autre. Il faut celui de la personne connectée.',
      second: 'Il faut quelqu’un d’autre qui en ait le droit.',
      approval: 'Il faut quelqu’un d’autre qui en ait le droit.',
    },
    notApproved: 'Le téléphone a dit non. Rien n’a été modifié ; l’administration est prévenue.',
  },
  said: {
    'challenge-over': 'Ce code n’est plus valable. Scannez le nouveau.',
    'wrong-or-over':
      'Ces chiffres ne correspondent pas. Ce poste vient de démarrer et les codes d’avant ne sont plus valables : scannez le nouveau.',
    'already-used': 'Cette réponse a déjà servi. Scannez encore une fois le code.',
    'wrong-code': 'Ces chiffres ne correspondent pas. Scannez encore une fois le code.',
    'id-needed': 'Saisissez aussi votre matricule.',
    'phone-closed': 'Votre téléphone a refusé il y a peu et reste fermé. Attendez 15 minutes ou entrez autrement.',
    'form-refused': 'Les réponses saisies ne sont pas admises ici. Montrez votre téléphone à la caméra.',
    'verification-needed':
      'Votre téléphone doit vérifier que c’est bien vous. Scannez de nouveau et déverrouillez par doigt, visage ou code.',
    'location-needed':
      'Votre téléphone doit indiquer sa position. Activez cela au début de la page du téléphone, scannez à nouveau, puis montrez ou envoyez la réponse.',
    'not-approved': 'Le téléphone a refusé. Personne n’est connecté ; les administrateurs sont prévenus.',
    'not-an-answer':
      'Ce n’est pas une réponse. Scannez le code de cet écran et présentez ce que le téléphone montre alors.',
    'other-station': 'Cette réponse est pour un autre poste. Scannez le code de cet écran.',
    'bad-answer':
      'Cette réponse n’a pas pu être vérifiée. Scannez de nouveau. Sinon, faites jumeler le téléphone de nouveau.',
  },
}
