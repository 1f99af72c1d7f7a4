/** The words of one language by which a text orders an agent to hand something over. Separated by `|`, as in a regular expression. */
export interface OrderWords {
  /** Common words, separated by spaces, of which a sentence in this language has some; or its letters. */
  readonly telling: string | RegExp;
  /** Verbs in the forms that order. */
  readonly orders: string;
  /** What stands before a verb (or, in a clause, after it) and turns the order round. */
  readonly not: string;
  /** Verbs that hand over what something holds, not its name. */
  readonly hands: string;
  readonly content: string;
  /** What was read in an earlier order. */
  readonly back: string;
  readonly writes: string;
  readonly sends: string;
  /** What the user and the agent said to each other, as a whole. */
  readonly conversation: string;
  /** Its words are not separated by spaces. */
  readonly isUnspaced?: true;
}

const GERMAN: OrderWords = {
  telling: 'und der das dem ihm die den mit alle aus wird dann bitte jeder jede jedem vor nach',
  orders:
    'führen?|starten?|rufen?|übergib|übergeben|gib|geben|reiche?n?|lies|lesen|sende[nt]?|schicken?|lade[nt]?|hänge?n?|speicher[en]|speichere|schreiben?|füge[nt]?|nutzen?|verwenden?|übermittle|übermitteln|kopieren?|sammle|sammeln',
  not: 'nicht|nie|niemals|kein|keine[nrms]?|keinesfalls',
  hands:
    'übergib|übergeben|gib|geben|reiche?n?|sende[nt]?|schicken?|füge[nt]?|hänge?n?|übermittle|übermitteln|leiten?|mitgeben',
  content: 'inhalte?s?|text|werte?|ausgaben?|ergebnisse?|alles',
  back: '(?:den|die|das|dessen|deren|diesen?|dieses) (?:inhalte?|ergebnisse?|ausgabe|text|werte|daten|schlüssel|zugangsdaten)|es|ihn|gelesene[ns]?|das gesammelte',
  writes: 'speichern?|speichere|schreiben?|sichern?|ablegen|hänge?n?',
  sends: 'sende[nt]?|schicken?|lade[nt]?|übermittle|übermitteln|leiten?|poste[nt]?|melde[nt]?',
  conversation:
    '(?:ganze|gesamte|vollständige|komplette|bisherige)[nrms]? (?:unterhaltung|gespräch|konversation|chat|dialog)|(?:chat|gesprächs|unterhaltungs)-?verlaufs?|systemprompt|alle (?:bisherigen )?nachrichten|alles,? was (?:der|die) (?:nutzer|benutzer)\\w* gesagt',
};

const FRENCH: OrderWords = {
  telling: 'et le la les du des à au aux une puis ensuite avec dans avant après chaque ce cette',
  orders:
    'exécute[rz]?|lance[rz]?|passe[rz]?|transmet[sz]?|transmettez|donne[rz]?|envoie|envoyez|envoyer|lis|lisez|lire|ajoute[rz]?|inclus|incluez|enregistre[rz]?|écris|écrivez|copie[rz]?|utilise[rz]?|fournis|fournissez|joins|joignez|sauvegarde[rz]?',
  not: "ne|n'|jamais",
  hands:
    'passe[rz]?|transmet[sz]?|transmettez|donne[rz]?|envoie|envoyez|envoyer|ajoute[rz]?|inclus|incluez|fournis|fournissez|joins|joignez',
  content: 'contenus?|texte|valeurs?|sorties?|résultats?|tout',
  back: "(?:le|la|les|son|ses|leur|ce|cette|ces) (?:contenus?|résultats?|sortie|texte|valeurs?|données|clés?|identifiants)|l'ensemble|(?:transmets|envoie|passe|envoyez|transmettez)-l(?:e|es|a)",
  writes: 'enregistre[rz]?|écris|écrivez|sauvegarde[rz]?|copie[rz]?',
  sends: 'envoie|envoyez|envoyer|transmet[sz]?|transmettez|poste[rz]?|publie[rz]?',
  conversation:
    "(?:toute la|l'ensemble de la|l'intégralité de la|la totalité de la) (?:conversation|discussion)|conversation (?:complète|entière)|historique (?:complet )?(?:de la conversation|du chat|de discussion)|prompt système|tous les messages",
};

const SPANISH: OrderWords = {
  telling: 'y el los las del al con una luego antes después cada lo su sus para por',
  orders:
    'ejecut[ae]n?|lanza|pas[ae]|pásal[eo]s?|entrega|entregue|env[ií][ae]|envíal[oe]s?|lee|lea|añade|agrega|incluy[ae]|guarda|guarde|escrib[ae]|copia|copie|us[ae]|utilic?[ae]|utiliza|sube|suba|manda|mande|da|dale|proporcion[ae]',
  not: 'no|nunca|jamás',
  hands:
    'pas[ae]|pásal[eo]s?|entrega|entregue|env[ií][ae]|envíal[oe]s?|añade|agrega|incluy[ae]|manda|mande|da|dale|proporcion[ae]',
  content: 'contenidos?|texto|valor(?:es)?|salidas?|resultados?|todo',
  back: '(?:el|la|los|las|su|sus|ese|esos|este|estos) (?:contenidos?|resultados?|salida|texto|valores|datos|claves?|credenciales)|(?:pása|envía|mánda|súbe)l[oae]s?',
  writes: 'guarda|guarde|escrib[ae]|copia|copie|anota',
  sends: 'env[ií][ae]|envíal[oe]s?|sube|suba|manda|mande|publica',
  conversation:
    '(?:toda la|la) conversación (?:completa|entera)?|toda la conversación|conversación completa|historial (?:completo )?(?:de la conversación|del chat|de chat)|prompt del? sistema|todos los mensajes',
};

const ITALIAN: OrderWords = {
  telling: 'il lo gli del della dei una poi prima dopo ogni nel alla che',
  orders:
    'esegui|eseguite|lancia|avvia|passa|passagli|consegna|invia|inviate|inviagli|leggi|leggete|aggiungi|includi|salva|scrivi|copia|usa|fornisci|carica|manda|allega',
  not: 'non|mai',
  hands: 'passa|passagli|consegna|invia|inviate|inviagli|aggiungi|includi|fornisci|manda|allega',
  content: 'contenut[oi]|testo|valor[ei]|output|risultat[oi]|tutto',
  back: '(?:il|la|i|le|suo|questo|questi|quei) (?:contenut[oi]|risultat[oi]|output|testo|valori|dati|chiav[ei]|credenziali)|(?:passa|invia|manda|carica)l[oaei]',
  writes: 'salva|scrivi|copia|annota',
  sends: 'invia|inviate|carica|manda|pubblica',
  conversation:
    "(?:tutta la|l'intera) (?:conversazione|chat)|conversazione (?:completa|intera)|cronologia (?:completa )?(?:della conversazione|della chat|chat)|prompt di sistema|tutti i messaggi",
};

const PORTUGUESE: OrderWords = {
  telling: 'da dos das uma depois antes cada ao em para que toda todo',
  orders:
    'execut[ae]|rode|passe|passa|entregue|envi[ae]|leia|lê|adicione|inclua|salve|guarde|escreva|copie|use|utilize|forneça|mande|carregue|anexe|grave',
  not: 'não|nunca|jamais',
  hands: 'passe|passa|entregue|envi[ae]|adicione|inclua|forneça|mande|anexe',
  content: 'conteúdos?|texto|valor(?:es)?|saídas?|resultados?|tudo',
  back: '(?:o|a|os|as|seu|seus|esse|esses|este) (?:conteúdos?|resultados?|saída|texto|valores|dados|chaves?|credenciais)|(?:envie|passe|mande)-[oa]s?',
  writes: 'salve|guarde|escreva|copie|grave',
  sends: 'envi[ae]|mande|carregue|publique',
  conversation:
    '(?:toda a|a) conversa (?:completa|inteira|toda)|toda a conversa|conversa (?:completa|inteira)|histórico (?:completo )?(?:da conversa|do chat|de conversas?)|prompt do sistema|todas as mensagens',
};

const DUTCH: OrderWords = {
  telling: 'het een naar aan van voor elke daarna eerst deze dit uit',
  orders:
    'voer|start|geef|lees|stuur|verstuur|verzend|voeg|sla|schrijf|kopieer|gebruik|roep|upload|plaats|lever',
  not: 'niet|nooit|geen',
  hands: 'geef|stuur|verstuur|verzend|voeg|lever',
  content: 'inhoud|tekst|waarden?|uitvoer|resulta(?:at|ten)|alles',
  back: '(?:de|het|die|dat|deze) (?:inhoud|resulta(?:at|ten)|uitvoer|tekst|waarden|gegevens|sleutels?)|deze|het|ze',
  writes: 'sla|schrijf|kopieer|bewaar',
  sends: 'stuur|verstuur|verzend|upload|plaats',
  conversation:
    '(?:hele|volledige|gehele|complete) (?:gesprek|conversatie|chat)|(?:gespreks|chat)-?geschiedenis|systeemprompt|alle berichten',
};

const RUSSIAN: OrderWords = {
  telling: /[\u0400-\u04ff]/,
  orders:
    'запусти(?:те)?|выполни(?:те)?|вызови(?:те)?|передай(?:те)?|передавай(?:те)?|отправь(?:те)?|отправляй(?:те)?|прочитай(?:те)?|прочти(?:те)?|добавь(?:те)?|включи(?:те)?|сохрани(?:те)?|запиши(?:те)?|скопируй(?:те)?|загрузи(?:те)?|используй(?:те)?|пошли(?:те)?',
  not: 'не|никогда|нельзя',
  hands:
    'передай(?:те)?|передавай(?:те)?|отправь(?:те)?|отправляй(?:те)?|добавь(?:те)?|включи(?:те)?|пошли(?:те)?',
  content: 'содержим(?:ое|ым|ого)|текст(?:ом|а)?|значени[яей]+|вывод(?:ом|а)?|результат(?:ом|ы|а)?|вс[её]',
  back: '(?:его|её|их|это|этот|эти|полученн\\p{L}+|прочитанн\\p{L}+)|содержим(?:ое|ым)|результат(?:ы)?|данные',
  writes: 'сохрани(?:те)?|запиши(?:те)?|скопируй(?:те)?',
  sends: 'отправь(?:те)?|отправляй(?:те)?|загрузи(?:те)?|пошли(?:те)?|передай(?:те)?',
  conversation:
    '(?:вс[юеё]|весь|полн\\p{L}+|цел\\p{L}+) (?:разговор|диалог|переписк\\p{L}+|бесед\\p{L}+|чат)|истори\\p{L}+ (?:чата|диалога|переписки|разговора|сообщений)|системн\\p{L}+ промпт|все сообщения',
};

const CHINESE: OrderWords = {
  telling: /[\u3400-\u9fff]/,
  orders:
    '运行|執行|执行|调用|調用|传递|傳遞|传给|传入|交给|发送|發送|读取|讀取|上传|上傳|写入|寫入|保存|附加|提交|转发|使用|将|將|把',
  not: '不要|不得|不能|请勿|請勿|切勿|禁止|勿|别|別',
  hands: '传递|傳遞|传给|传入|傳入|交给|发送|發送|附加|提交|转发|提供|包含',
  content: '内容|內容|文本|输出|輸出|结果|結果|全部|所有',
  back: '它|其内容|其內容|这些|這些|该内容|结果|結果|上述内容|读取的|讀取的',
  writes: '写入|寫入|保存|存储|储存|追加',
  sends: '发送|發送|上传|上傳|提交|转发|發到|发到|传给',
  conversation:
    '(?:完整|全部|整个|整個|所有)的?(?:对话|對話|会话|會話|聊天|交谈)(?:内容|內容|记录|記錄|历史|歷史)?|(?:对话|對話|聊天|会话|會話)(?:记录|記錄|历史|歷史)|系统提示词?|系統提示詞?|所有消息',
  isUnspaced: true,
};

const JAPANESE: OrderWords = {
  telling: /[\u3040-\u30ff]/,
  orders:
    '(?:実行|送信|アップロード|保存|転送|読み込み|指定|追加|コピー|使用|起動)(?:して(?:ください|下さい|から)?|し、|せよ|する)|渡(?:して|せ|し、|す)|送(?:って|れ|り、|る)|読(?:んで|め|み、|む)|書き込(?:んで|め|み、|む)|含め(?:て|よ|る)',
  not: 'しないで|ないでください|してはいけ|しては(?:なら|いけ)|禁止',
  hands: '渡(?:して|せ|し|す)|送(?:信|って|れ|り|る)|転送|含め|追加|指定',
  content: '内容|中身|テキスト|出力|結果|値|すべて|全て',
  back: 'それ|その(?:内容|結果|出力|値|中身)|読み取った|読んだ|これ',
  writes: '保存|書き込|コピー',
  sends: '送(?:信|って|れ|り|る)|アップロード|転送|投稿',
  conversation:
    '(?:会話|チャット|対話)(?:の)?(?:全体|全文|すべて|全て|履歴|全履歴|ログ)|(?:すべて|全て|これまで)の(?:会話|メッセージ|やり取り)|システムプロンプト',
  isUnspaced: true,
};

const KOREAN: OrderWords = {
  telling: /[\uac00-\ud7af]/,
  orders:
    '실행(?:하세요|하십시오|해|하고|한 뒤|한 후)|전달(?:하세요|하십시오|해|하고)|전송(?:하세요|하십시오|해|하고)|보내(?:세요|십시오|라|고)?|읽(?:으세요|어|고|은)|업로드(?:하세요|해|하고)|저장(?:하세요|해|하고)|넘기(?:세요|고)|넘겨|포함(?:하세요|해|시켜)|호출(?:하세요|해|하고)',
  not: '지 ?마|하면 안|금지',
  hands: '전달|전송|보내|넘기|넘겨|포함',
  content: '내용|텍스트|출력|결과|값|전부|모두',
  back: '그 (?:내용|결과|출력|값)|이를|그것|읽은|해당 내용',
  writes: '저장|기록|복사',
  sends: '전송|보내|업로드|제출',
  conversation:
    '(?:전체|모든) (?:대화|채팅)|(?:대화|채팅) (?:전체|내역|기록|내용)|시스템 프롬프트|모든 메시지',
  isUnspaced: true,
};

const POLISH: OrderWords = {
  telling:
    'oraz jest się każdy każdą każdym każdej przed następnie potem tę tego jako całą cały całej plik pliku na',
  orders:
    'uruchom(?:cie)?|wykonaj(?:cie)?|przekaż(?:cie)?|podaj(?:cie)?|wyślij(?:cie)?|przeczytaj(?:cie)?|odczytaj(?:cie)?|dołącz(?:cie)?|dodaj(?:cie)?|zapisz(?:cie)?|skopiuj(?:cie)?|prześlij(?:cie)?|użyj(?:cie)?',
  not: 'nie|nigdy',
  hands: 'przekaż(?:cie)?|podaj(?:cie)?|wyślij(?:cie)?|dołącz(?:cie)?|dodaj(?:cie)?|prześlij(?:cie)?',
  content: 'zawartoś(?:ć|ci|cią)|treś(?:ć|ci)|tekst|wartości|wynik(?:i)?|wszystko',
  back: '(?:jego|jej|ich|to|tę|te) (?:zawartość|treść|wynik|dane)|zawartość|wynik|je|go',
  writes: 'zapisz(?:cie)?|skopiuj(?:cie)?',
  sends: 'wyślij(?:cie)?|prześlij(?:cie)?',
  conversation:
    'cał\\p{L}+ (?:rozmow\\p{L}+|konwersacj\\p{L}+|czat)|histori\\p{L}+ (?:rozmowy|czatu|konwersacji)|prompt systemowy|wszystkie wiadomości',
};

const CROATIAN: OrderWords = {
  telling:
    'zatim prije nakon svaki svake datoteku kao cijeli cijelu cijelo cijela sadržaj sadržajem njegov na',
  orders:
    'pokreni(?:te)?|izvrši(?:te)?|proslijedi(?:te)?|predaj(?:te)?|pošalji(?:te)?|pročitaj(?:te)?|dodaj(?:te)?|uključi(?:te)?|spremi(?:te)?|zapiši(?:te)?|kopiraj(?:te)?|učitaj(?:te)?',
  not: 'ne|nemoj(?:te)?|nikad(?:a)?',
  hands: 'proslijedi(?:te)?|predaj(?:te)?|pošalji(?:te)?|dodaj(?:te)?|uključi(?:te)?',
  content: 'sadržaj(?:em|a)?|tekst|vrijednosti|izlaz|rezultat(?:e)?|sve',
  back: '(?:njegov|njihov|taj|ovaj) (?:sadržaj|rezultat|izlaz)|ga|ih|sadržaj|rezultat',
  writes: 'spremi(?:te)?|zapiši(?:te)?|kopiraj(?:te)?',
  sends: 'pošalji(?:te)?|proslijedi(?:te)?|učitaj(?:te)?',
  conversation: 'cijel\\p{L}+ (?:razgovor|konverzacij\\p{L}+|chat)|povijest (?:razgovora|chata)|sve poruke',
};

const TURKISH: OrderWords = {
  telling: 'ile bir bu için sonra önce tüm bütün dosyasını dosyasına dosyayı olarak',
  orders:
    'çalıştır(?:ın|ınız)?|aktar(?:ın)?|ilet(?:in)?|ver(?:in)?|gönder(?:in|iniz)?|oku(?:yun)?|ekle(?:yin)?|kaydet(?:in)?|yaz(?:ın)?|kopyala(?:yın)?|yükle(?:yin)?|kullan(?:ın)?',
  not: 'asla|değil|\\p{L}+(?:mayın|meyin)(?:ız|iz)?',
  hands: 'aktar(?:ın)?|ilet(?:in)?|ver(?:in)?|gönder(?:in|iniz)?|ekle(?:yin)?',
  content: 'içeri(?:k|ği|ğini|kleri)|metin|değer(?:leri)?|çıktı(?:yı|sını)?|sonuç|sonucu|her şeyi',
  back: '(?:bu|o|onun) (?:içeriği|sonucu|çıktıyı)|içeriğini|sonucu|çıktısını|bunu|onu',
  writes: 'kaydet(?:in)?|yaz(?:ın)?|kopyala(?:yın)?',
  sends: 'gönder(?:in|iniz)?|yükle(?:yin)?|ilet(?:in)?',
  conversation:
    '(?:tüm|bütün) (?:konuşma|sohbet)\\p{L}*|(?:konuşma|sohbet) geçmişi\\p{L}*|sistem istemi\\p{L}*|tüm mesajlar\\p{L}*',
};

/** Every language but English that orders are understood in. */
export const ORDER_WORDS: readonly OrderWords[] = [
  GERMAN,
  FRENCH,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
  DUTCH,
  RUSSIAN,
  CHINESE,
  JAPANESE,
  KOREAN,
  POLISH,
  CROATIAN,
  TURKISH,
];
