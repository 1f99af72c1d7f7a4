import type { Words } from '../concepts.ts';

/** Dutch. Verbs as stem and infinitive, which both order. */
export const DUTCH: Words = {
  disregard: 'negeer negeren vergeet vergeten veronachtzaam sla_geen_acht_op',
  abandon: 'verwerp verwijder wis schrap laat_varen',
  reveal: 'toon tonen onthul onthullen laat_zien geef print herhaal druk schrijf kopieer openbaar',
  tell: 'vertel vertellen zeg zeggen informeer informeren vermeld vermelden meld melden waarschuw waarschuwen verklap',
  say: 'zeg schrijf antwoord herhaal print',
  send: 'stuur sturen verstuur versturen verzend verzenden upload uploaden post mail doorsturen plaats',
  collect: 'lees lezen verzamel verzamelen kopieer kopiëren haal',
  'reach-out': 'bezoek open download installeer voer verbind',
  bypass: 'omzeil omzeilen negeer negeren schakel uitschakelen sla overslaan',
  plant: 'voeg installeer injecteer plaats bouw',
  be: 'je_bent jij_bent u_bent gedraag doe_alsof stel_je_voor speel antwoord',
  comply: 'antwoord beantwoord gehoorzaam genereer geef',
  refuse: 'weiger weigeren',
  'turn-to': 'concentreer richt',
  instruction:
    'instructie instructies opdracht opdrachten prompt prompts richtlijnen aanwijzingen bevelen commando’s',
  matter: 'regels informatie tekst teksten berichten context gesprek beperkingen',
  task: 'taak taken',
  everything: 'alles',
  'system-prompt':
    'systeemprompt systeem-prompt systeeminstructies verborgen_instructies systeembericht oorspronkelijke_instructies',
  user: 'gebruiker gebruikers niemand klant klanten mens',
  this: 'dit deze dat hierover hiervan ervan',
  secret: `wachtwoord wachtwoorden inloggegevens api-sleutels api-sleutel privésleutel privésleutels geheimen tokens cookies
    omgevingsvariabelen ssh-sleutels .env id_rsa`,
  'personal-data':
    'gebruikersgegevens persoonlijke_gegevens contacten adresboek gesprek chatgeschiedenis privébestanden',
  outside: 'externe_server webhook onze_server extern_adres',
  limit: 'beperkingen beperking grenzen regels filters filter richtlijnen censuur',
  ethics: 'ethiek ethische moraal morele censuur',
  malware: 'achterdeur achterdeurtje malware kwaadaardige_code schadelijke_code',
  question: 'vraag vragen verzoek',
  prior: 'vorige voorgaande eerdere bovenstaande daarvoor hiervoor oorspronkelijke eerder',
  told: 'gezegd geleerd verteld weet gegeven ontvangen',
  yours: 'je jouw uw u jij',
  all: 'alle elke iedere al',
  new: 'nieuwe nieuw',
  only: 'alleen slechts enkel gewoon',
  safety:
    'veiligheidscontroles beveiligingscontroles veiligheidsregels veiligheidsmaatregelen inhoudsfilters',
  control:
    'veiligheidscontroles beveiligingscontroles veiligheidsregels veiligheidsmaatregelen inhoudsfilters',
  harmful: 'illegaal illegale schadelijk schadelijke gevaarlijk gevaarlijke onethisch',
  unlimited: 'onbeperkte onbeperkt ongecensureerde ongecensureerd kwaadaardige gewetenloze',
  consent: 'toestemming bevestiging goedkeuring medeweten',
  untold: `zonder_het_te_melden zonder_dit_te_melden zonder_het_te_zeggen zonder_iets_te_zeggen zonder_het_te_vermelden zonder_dit_te_vermelden zonder_de_gebruiker buiten_medeweten`,
  stealthily: 'stiekem heimelijk ongemerkt stilletjes',
  now: 'nu voortaan',
  not: 'niet nooit geen niets',
  without: 'zonder',
  'free-of': 'zonder geen vrij_van',
  'no-matter': 'ongeacht zelfs_als ook_als',
  'contrary-to': 'ondanks afwijkend',
  'not-an-order': 'hij zij wij ik die men zullen kunnen',
};
