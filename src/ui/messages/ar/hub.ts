// How the workstation stands with its hub, in Arabic.
export const hub = {
  online: '{{name}}: محدَّث',
  connecting: '{{name}}: جارٍ الاتصال',
  offline: 'تعذّر الوصول إلى {{name}}. الحالة في {{time}}',
  near: 'تعذّر الوصول إلى {{name}} منذ {{time}}. ما جاء منه ينتهي قريبًا',
  over: 'تعذّر الوصول إلى {{name}} منذ {{time}}. ما جاء منه لم يعد ساريًا',
  closed: 'لم يعد {{name}} يقبل شيئًا من هذه المحطة. اسأل قسم تقنية المعلومات',
}
