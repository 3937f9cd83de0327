// What is wrong when the station stays locked, and what to do next, in French.
import type { Failures } from '../en/failures.ts'

export const failures: Failures = {
  'no-keychain': {
    title: 'Il n’y a pas de trousseau de clés',
    wrong: 'Wardkey garde ses clés dans le trousseau de cet ordinateur, et aucun n’est en marche.',
    next: 'Démarrez le service de trousseau de cet ordinateur, puis réessayez. Si cela ne suffit pas, redémarrez Wardkey.',
  },
  'keychain-locked': {
    title: 'Le trousseau de clés est verrouillé',
    wrong: 'Wardkey ne peut pas lire ses clés tant que le trousseau est verrouillé.',
    next: 'Déverrouillez le trousseau de ce compte, puis réessayez.',
  },
  'insecure-keychain': {
    title: 'Le trousseau ne protège pas les clés',
    wrong: 'Ce trousseau garde les clés sans les chiffrer. Wardkey ne s’en sert donc pas.',
    next: 'Demandez à l’informatique d’installer un trousseau chiffré, puis réessayez.',
  },
  'key-missing': {
    title: 'La clé de ce poste manque',
    wrong: 'Les données de ce poste sont là, mais sa clé n’est pas dans le trousseau.',
    next: 'Demandez à l’informatique de rétablir l’entrée du trousseau. Ne reconfigurez pas\u00a0: le journal serait perdu.',
  },
  'key-changed': {
    title: 'La clé ne va pas avec les données',
    wrong: 'La clé du trousseau n’est pas celle qui protège les données de ce poste.',
    next: 'Demandez à l’informatique de rétablir la clé et les données qui vont ensemble.',
  },
  'checkpoint-missing': {
    title: 'Le point de contrôle du journal manque',
    wrong:
      'Le trousseau n’indique plus la longueur du journal d’audit. Si la fin était coupée, personne ne le verrait.',
    next: 'Demandez à l’informatique de rétablir l’entrée du trousseau. Si personne ne l’a retirée, prévenez la sécurité.',
  },
  'data-missing': {
    title: 'Les données de ce poste manquent',
    wrong: 'Le trousseau a une clé pour ce poste, mais ses données ont disparu.',
    next: 'Demandez à l’informatique de remettre le dossier de données depuis une sauvegarde.',
  },
  'data-damaged': {
    title: 'Les données sont abîmées',
    wrong: 'Impossible de lire les données de ce poste.',
    next: 'Demandez à l’informatique de vérifier le disque et de rétablir les données depuis une sauvegarde.',
  },
  'data-edited': {
    title: 'Les données ont été modifiées de l’extérieur',
    wrong: 'Autre chose que Wardkey a modifié les données de ce poste.',
    next: 'Laissez cet ordinateur tel quel et prévenez la sécurité. Elle décidera de la suite.',
  },
  'data-newer': {
    title: 'Les données viennent d’une version plus récente',
    wrong: 'Un Wardkey plus récent a écrit ces données, et celui-ci ne les comprend pas.',
    next: 'Demandez à l’informatique de réinstaller la version plus récente.',
  },
  'data-unwritable': {
    title: 'Impossible d’écrire les données',
    wrong: 'Un autre programme retient les fichiers de ce poste, ou son disque ne répond pas.',
    next: 'Fermez les autres programmes qui utilisent le dossier de données et vérifiez le disque, puis réessayez.',
  },
  'data-busy': {
    title: 'Un autre programme écrit en ce moment',
    wrong: 'Une longue modification est en cours, par exemple une importation de personnes. Rien n’est endommagé.',
    next: 'Attendez. Ce poste s’ouvre de lui-même dès qu’elle est terminée.',
  },
  'data-readonly': {
    title: 'Le dossier de données est en lecture seule',
    wrong:
      'Wardkey peut lire son dossier de données mais pas y écrire : il ne pourrait garder aucune trace des ouvertures de session.',
    next: 'Demandez au service informatique de corriger les droits du dossier ou de monter le disque en écriture, puis réessayez. Rien n’a été perdu.',
  },
  'disk-full': {
    title: 'Le disque est plein',
    wrong: 'Il ne reste plus de place pour écrire, et Wardkey ne laisse entrer personne sans en garder la trace.',
    next: 'Libérez de la place sur le disque qui contient le dossier de données, puis réessayez. Rien n’a été perdu.',
  },
  'log-cut': {
    title: 'Le journal est plus court qu’avant',
    wrong: 'Il manque des entrées à la fin du journal d’audit.',
    next: 'Laissez cet ordinateur tel quel et prévenez la sécurité. Elle décidera de la suite.',
  },
  'log-changed': {
    title: 'Le journal a été modifié',
    wrong: 'Une entrée du journal d’audit n’est pas celle qui a été écrite.',
    next: 'Laissez cet ordinateur tel quel et prévenez la sécurité. Elle décidera de la suite.',
  },
  'second-instance': {
    title: 'Wardkey est déjà ouvert',
    wrong: 'Un autre Wardkey utilise les données de ce poste.',
    next: 'Utilisez l’autre fenêtre, ou fermez-la et réessayez.',
  },
  unexpected: {
    title: 'Wardkey n’a pas pu démarrer',
    wrong: 'Il s’est passé quelque chose que Wardkey ne connaît pas.',
    next: 'Réessayez. Si cela continue, donnez à l’informatique le code ci-dessous.',
  },
}
