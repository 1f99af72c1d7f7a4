import type { Words } from '../concepts.ts';

/** Languages of which only the core is known: dropping what was said, showing the own instructions. */
export const CROATIAN: Words = {
  disregard: 'zaboravi zaboravite ignoriraj ignorirajte ignoriši ignorišite zanemari zanemarite',
  reveal: 'pokaži pokažite otkrij otkrijte ispiši ispišite',
  instruction: 'instrukcije uputstva upute naredbe naputke instrukcija uputa prompt',
  matter: 'pravila informacije tekst',
  everything: 'sve',
  prior: 'prethodne prethodna ranije prije gore',
  all: 'sve svih sva',
  yours: 'svoje tvoje',
  told: 'rekao rečeno znaš',
  not: 'ne nemoj nemojte nikada',
  'system-prompt': 'sistemski_prompt sustavski_prompt',
};

/** Polish. */
export const POLISH: Words = {
  disregard: 'zignoruj zignorujcie ignoruj ignorujcie zapomnij zapomnijcie pomiń pomińcie',
  reveal: 'pokaż pokażcie ujawnij ujawnijcie wypisz wyświetl powtórz',
  instruction: 'instrukcje instrukcji polecenia poleceń wytyczne wytycznych prompt',
  matter: 'zasady informacje tekst reguły',
  everything: 'wszystko wszystkim',
  prior: 'poprzednie poprzednich wcześniejsze wcześniejszych powyższe powyższych dotychczasowe',
  all: 'wszystkie wszystkich',
  yours: 'swoje twoje swój',
  told: 'powiedziano wiesz powiedział',
  not: 'nie nigdy',
  'system-prompt': 'prompt_systemowy systemowy_prompt instrukcje_systemowe',
};

/** Korean. */
export const KOREAN: Words = {
  disregard: '무시하고 무시해 무시하세요 무시하십시오 잊어 잊고 잊으세요',
  reveal: '보여 출력해 출력하 공개해 알려',
  instruction: '지시 지침 명령 프롬프트 지시사항',
  matter: '규칙 내용 정보 메시지 대화',
  everything: '모든것',
  prior: '이전 앞의 위의 기존 지금까지',
  all: '모든 모두 전부',
  yours: '당신의 너의',
  told: '말한',
  not: '마세요 마십시오 말고 않도록 지마',
  'system-prompt': '시스템프롬프트 시스템',
  enact: '역할을 연기해 행동해',
  'from-now': '지금부터 이제부터',
  'you-be': '당신은 너는 넌',
  compose: '작성해 써줘',
  false: '거짓 가짜',
  headline: '제목 뉴스 기사',
};

/** Turkish. */
export const TURKISH: Words = {
  disregard: 'unut unutun yoksay görmezden_gel görmezden_gelin dikkate_alma',
  reveal: 'göster gösterin yazdır açıkla',
  instruction: 'talimatları talimatlar talimat yönergeleri yönergeler komutları istemi',
  matter: 'kuralları bilgileri metni',
  everything: 'herşeyi her_şeyi',
  prior: 'önceki yukarıdaki eski daha_önceki',
  all: 'tüm bütün hepsini',
  yours: 'senin kendi',
  told: 'söylenen söylediğim bildiğin',
  not: 'değil asla',
  'system-prompt': 'sistem_istemi sistem_istemini sistem_komutu',
};
