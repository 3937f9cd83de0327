// How the workstation stands with its hub, in Polish.
export const hub = {
  online: '{{name}}: aktualne',
  connecting: '{{name}}: łączenie',
  offline: '{{name}} bez łączności. Stan z {{time}}',
  near: '{{name}} bez łączności od {{time}}. Dane stamtąd niedługo wygasną',
  over: '{{name}} bez łączności od {{time}}. Dane stamtąd już nie obowiązują',
  closed: '{{name}} nie przyjmuje już niczego z tego stanowiska. Zapytaj dział IT',
}
