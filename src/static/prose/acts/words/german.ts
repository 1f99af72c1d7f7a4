import type { Words } from '../concepts.ts';

/** German. Verbs in the forms that order: `ignoriere`, `ignorieren (Sie)`. */
export const GERMAN: Words = {
  intimate: `gespeicherte_passwörter gespeicherten_passwörter browserverlauf suchverlauf chatverlauf private_nachrichten private_dateien privaten_dateien passwortdateien zugangsdaten benutzerdaten nutzerdaten cookies adressbuch`,
  bundle: `archiv zip-archiv zip-datei bündel`,
  disregard: `ignoriere ignorieren ignorier vergiss vergesse vergessen missachte missachten beachte_nicht lass_außer_acht
    lassen_sie_außer_acht überspringe überlies übergehe vergesst ignoriert`,
  abandon: `verwirf verwerfen streiche streichen lösche löschen hinter_sich hinter_dir ausser_acht außer_acht beiseite`,
  reveal: `zeige zeigen zeig verrate verraten nenne nennen drucke drucken gib geben wiederhole wiederholen offenbare offenbaren
    vorzeigen ausgeben anzeigen schreibe liste kopiere übersetze preisgeben enthülle`,
  tell: `sage sagen sag erzähle erzählen erzähl informiere informieren erwähne erwähnen benachrichtige benachrichtigen verrate verraten
    melde melden teile mitteilen warne warnen`,
  say: 'sage sagen sag schreibe schreiben schreib antworte antworten drucke gib wiederhole',
  send: `sende senden schicke schicken schick übermittle übermitteln lade hochladen poste posten leite weiterleiten übertrage übertragen
    maile mailen verschicke verschicken`,
  collect: 'lies lesen sammle sammeln kopiere kopieren suche extrahiere',
  'reach-out': `besuche besuchen öffne öffnen lade herunterladen führe ausführen installiere installieren verbinde rufe`,
  bypass: `umgehe umgehen deaktiviere deaktivieren ignoriere ignorieren überspringe überspringen schalte ausschalten abschalten missachte
    hebe aufheben`,
  plant: 'füge fügen einfügen baue_ein einbauen baue installiere installieren schleuse einschleusen erstelle',
  be: `du_spielst spielst_du du_bist sie_sind bist_du tu tue_so verhalte spiele benimm stell_dir_vor stellen_sie_sich_vor agiere antworte handle gib_vor`,
  comply: 'antworte antworten beantworte befolge erfülle generiere liefere schreibe erstelle',
  refuse: 'verweigere verweigern lehne ablehnen',
  'turn-to': 'konzentriere konzentrieren fokussiere fokussieren widme anfangen fangen beginne beginnen',
  'follow-next': 'folgen folgt',
  remember:
    'merke merken merk notiere notieren behalte behalten protokolliere protokollieren speichere speichern erfasse achte',
  'let-slip': `erwähnt nennt preisgibt mitteilt verrät eintippt eingibt im_chat im_gespräch während_des_gesprächs`,
  again: 'wiederhole wiederholen rufe rufen versuche versuchen starte',
  endless: 'endlos unendlich unbegrenzt für_immer ohne_ende ohne_pause pausenlos in_einer_endlosschleife',
  tool: 'werkzeug tool dich_selbst unteragenten',
  reply: `deiner_antwort ihrer_antwort deiner_nächsten_antwort der_nächsten_antwort jeder_antwort jede_antwort deine_antwort
    ihre_antwort`,
  'header-secret': 'authorization-header authorization-headers bearer-token bearer-tokens zugriffstoken',
  instruction: `anweisung anweisungen instruktion instruktionen befehl befehle prompt prompts vorgaben direktiven systemprompt
    handlungsanweisungen anordnungen weisungen`,
  matter: `regeln informationen text texte nachrichten ausführungen kontext gesagte besprochene aussagen eingaben richtlinien
    unterhaltung gespräch`,
  task: 'aufgabe aufgaben auftrag aufträge',
  void: 'irrelevant ungültig nichtig hinfällig unwichtig aufgehoben',
  threat: 'oder_du_stirbst oder_sie_sterben sonst_wirst_du',
  disabled: 'deaktiviert abgeschaltet ausgeschaltet aufgehoben',
  recite: 'wiederhole wiederholen',
  words: 'text wörter worte alles',
  everything: 'alles',
  ask: 'was_ist was_sind was_war was_steht was_stand wie_lautet wie_lauten',
  written: 'geschrieben steht stand',
  topic: 'über',
  'system-prompt': `systemprompt system-prompt prompt-text prompt-texte prompt-texten prompttext prompttexte systemanweisungen
    ursprüngliche_anweisungen ursprünglichen_anweisungen geheimen_anweisungen systemnachricht`,
  'source-text': 'dokument dokumente dokumenten artikel artikeln kontext quellen',
  user: 'benutzer benutzern nutzer nutzern anwender anwendern menschen kunden niemandem jemandem nutzerin benutzerin',
  this: 'dies dieses diesen dieser diese davon darüber das',
  secret: `passwort passwörter passwörtern zugangsdaten anmeldedaten api-schlüssel schlüssel geheimnisse umgebungsvariablen private_schlüssel
    ssh-schlüssel kennwörter kennwort cookies token id_rsa .env`,
  'personal-data': `benutzerdaten nutzerdaten kontakte adressbuch chatverlauf gesprächsverlauf unterhaltung persönlichen_daten
    persönliche_daten privaten_dateien verlauf kundendaten gespräch gesamte_gespräch`,
  outside:
    'externen_server externer_server externe_adresse webhook unseren_server fremden_server dorthin dahin',
  limit: 'einschränkungen beschränkungen grenzen regeln filter richtlinien vorgaben zensur tabus',
  ethics: 'ethik ethische ethischen moral moralische moralischen zensur gewissen skrupel',
  malware: 'hintertür hintertüren schadcode schadsoftware trojaner keylogger malware',
  question: 'frage fragen anfrage',
  hatred: 'hasse hasst schimpfwörter schimpfwort fick nazi',
  prior: `vorherigen vorherige vorheriger obigen obige bisherigen bisherige vorangegangenen vorangehenden früheren davor zuvor vorher bisher
    ursprünglichen ursprüngliche oben voriger vorigen vorstehenden letzten`,
  told: 'gesagt gesagte gesagten besprochen gelernt weißt weiß gegeben erhalten mitgeteilt haben',
  yours: 'deine deinen deiner dein deines ihre ihren dir du dich',
  all: 'alle allen aller jede jeden sämtliche sämtlicher sämtlichen gesamten ganzen vollständigen',
  new: 'neue neuen neuer neues weitere weiteren andere anderen',
  only: 'nur einfach lediglich ausschließlich stattdessen',
  safety: `sicherheitsprüfungen sicherheitsregeln sicherheitsrichtlinien sicherheitsvorkehrungen sicherheitsmaßnahmen inhaltsfilter
    schutzmaßnahmen sicherheitsfilter`,
  control: `sicherheitsprüfungen sicherheitsregeln sicherheitsrichtlinien sicherheitsvorkehrungen sicherheitsmaßnahmen inhaltsfilter
    schutzmaßnahmen sicherheitsfilter`,
  harmful:
    'illegal illegale illegalen unethisch schädlich schädliche gefährlich gefährliche verboten verbotene',
  unlimited:
    'uneingeschränkte uneingeschränkter unzensierte unzensierter unzensiert böse böser bösartige skrupellose skrupelloser',
  consent:
    'erlaubnis zustimmung bestätigung genehmigung wissen rückfrage nachfrage zu_fragen nachzufragen rückzufragen',
  untold: `ohne_es_zu_erwähnen ohne_das_zu_erwähnen ohne_dies_zu_erwähnen ohne_etwas_zu_sagen ohne_es_zu_sagen ohne_davon_zu_sprechen ohne_es_zu_melden ohne_es_mitzuteilen ohne_den_nutzer_zu_informieren ohne_den_benutzer_zu_informieren ohne_den_nutzer_darüber_zu_informieren ohne_wissen_des ohne_das_wissen hinter_dem_rücken`,
  stealthily: 'heimlich unbemerkt insgeheim stillschweigend',
  'your-mind': 'kopf gedächtnis',
  now: 'ab_jetzt von_nun_an ab_sofort von_jetzt_an nun jetzt fortan',
  not: 'nicht nie niemals kein keine keinen nichts keinesfalls',
  without: 'ohne',
  'free-of': 'ohne keine keinerlei keinen frei_von',
  'no-matter': 'egal ungeachtet unabhängig auch_wenn selbst_wenn',
  'contrary-to': 'abweichend entgegen ungeachtet trotz im_gegensatz',
  'not-an-order': 'wir ich er man die welche der das werden würden können könnten wollen dürfen wurden',
  wish: 'ich_möchte_dass ich_will_dass ich_wünsche_dass ich_hätte_gern_dass',
  enact:
    'fungierst fungieren fungiert agierst agieren auftrittst auftreten spielst verkörperst verkörpern schlüpfst benimmst verhältst',
  'from-now': 'ab_jetzt von_nun_an ab_sofort von_jetzt_an fortan nun jetzt',
  'you-be': 'bist_du du_bist sind_sie spielst_du du_spielst',
  machine: 'interpreter terminal konsole compiler',
  compose: 'schreibe schreib formuliere erfinde verfasse erstelle generiere',
  false: 'falsche falschen falscher unwahre unwahren unwahres erfundene gefälschte',
  headline:
    'überschrift überschriften schlagzeile schlagzeilen nachricht nachrichten gerücht gerüchte unwahrheiten lügen',
  commit:
    'kaufe kaufen bestelle bestellen bezahle bezahlen überweise überweisen genehmige genehmigen lösche löschen entferne entfernen',
  keep: 'speichere speichern sichere sichern',
  'in-conversation': 'im_gespräch im_chat in_der_unterhaltung',
};
