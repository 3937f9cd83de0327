// How the workstation stands with its hub, in French.
export const hub = {
  online: '{{name}} : à jour',
  connecting: '{{name}} : connexion',
  offline: '{{name}} injoignable. État du {{time}}',
  near: '{{name}} injoignable depuis {{time}}. Ce qui en vient expire bientôt',
  over: '{{name}} injoignable depuis {{time}}. Ce qui en vient n’est plus valable',
  closed: '{{name}} n’accepte plus rien de ce poste. Demandez au service informatique',
}
