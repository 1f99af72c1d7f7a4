import type { Words } from '../concepts.ts';

/** French. Verbs in the forms that order (tu, vous, infinitive). */
export const FRENCH: Words = {
  intimate: `mots_de_passe_enregistrés mots_de_passe historique_de_navigation données_de_navigation messages_privés fichiers_privés fichiers_personnels identifiants cookies carnet_d'adresses données_utilisateur`,
  bundle: `archive zip`,
  disregard: `ignore ignorez ignorer oublie oubliez oublier ne_tiens_pas_compte ne_tenez_pas_compte ne_tiens_plus_compte
    ne_tenez_plus_compte fais_abstraction faites_abstraction néglige négligez`,
  abandon:
    'abandonne abandonnez supprime supprimez efface effacez laisse_de_côté laissez_de_côté annule annulez',
  reveal: `révèle révélez révéler affiche affichez afficher montre montrez montrer répète répétez donne donnez imprime imprimez écris
    écrivez copie copiez divulgue divulguez`,
  tell: `dis dites dire informe informez informer préviens prévenez mentionne mentionnez mentionner avertis avertissez parle parlez révèle
    révélez signale signalez`,
  say: 'dis dites écris écrivez réponds répondez affiche affichez répète',
  send: `envoie envoyez envoyer transmets transmettez transmettre poste postez télécharge téléverse téléversez transfère transférez
    expédie expédiez`,
  collect: 'lis lisez collecte collectez récupère récupérez copie copiez rassemble rassemblez',
  'reach-out': `visite visitez ouvre ouvrez télécharge téléchargez exécute exécutez installe installez connecte connectez`,
  bypass: `contourne contournez contourner désactive désactivez désactiver ignore ignorez enfreins outrepasse outrepassez saute sautez`,
  plant: 'insère insérez ajoute ajoutez injecte injectez installe installez intègre',
  be: `tu_es vous_êtes agis agissez fais_semblant faites_semblant imagine imaginez comporte-toi comportez-vous joue jouez réponds
    répondez`,
  comply: 'réponds répondez obéis obéissez génère générez fournis fournissez écris',
  refuse: 'refuse refusez refuser',
  'turn-to': 'concentre-toi concentrez-vous',
  remember: 'retiens retenez mémorise mémorisez note notez enregistre enregistrez conserve conservez',
  'let-slip': `mentionne partage divulgue saisit confie dans_la_conversation pendant_la_conversation dans_le_chat`,
  again: 'répète répétez relance relancez rappelle rappelez appelle appelez réessaie réessayez',
  endless: 'indéfiniment infiniment sans_fin sans_limite éternellement en_boucle',
  tool: 'outil outils toi-même',
  reply: `ta_réponse votre_réponse ta_prochaine_réponse votre_prochaine_réponse chaque_réponse la_prochaine_réponse`,
  'header-secret': `en-tête_authorization l'en-tête_authorization jeton_d'accès jeton_bearer`,
  instruction:
    'instruction instructions consigne consignes directive directives ordres prompt prompts commandes',
  matter: 'règles informations texte textes messages contexte conversation restrictions contraintes',
  task: 'tâche tâches',
  void: 'nulles caduques caduc invalides annulées',
  threat: 'ou_tu_meurs ou_vous_mourrez',
  everything: 'tout tous',
  'system-prompt': `prompt_système invite_système instructions_système message_système instructions_initiales prompt_initial
    instructions_cachées instructions_secrètes`,
  'source-text': 'document documents articles contexte sources',
  user: `utilisateur utilisateurs l'utilisateur l’utilisateur à_l'utilisateur personne client clients l'usager humain humains
    utilisatrice l'utilisatrice`,
  this: "ceci cela cette ce ces ça en n'en",
  secret: `identifiants mots_de_passe mot_de_passe clés_api clé_api clés_privées clé_privée secrets jetons cookies
    variables_d'environnement clés_ssh .env id_rsa`,
  'personal-data': `données_utilisateur données_personnelles contacts carnet_d'adresses historique conversation données_de_l'utilisateur
    fichiers_privés données_privées`,
  outside: 'serveur_externe serveur_distant webhook notre_serveur adresse_externe là-bas',
  limit: 'restrictions restriction limites limite règles filtres filtre contraintes censure',
  ethics: 'éthique éthiques morale morales censure conscience',
  malware: 'porte_dérobée portes_dérobées logiciel_malveillant code_malveillant cheval_de_troie',
  question: 'question questions demande',
  hatred: 'déteste hais insultes insulte nazi',
  prior: `précédentes précédente précédent précédents antérieures antérieurs ci-dessus avant initiales initiaux originales jusqu'ici
    jusqu'à_présent auparavant données_avant d'avant`,
  told: 'dit appris sais savez donné données reçues reçu',
  yours: 'tes ton ta vos votre tu vous',
  all: 'toutes tous toute tout intégralité',
  new: 'nouvelle nouvelles nouveau nouveaux',
  only: 'seulement uniquement simplement juste',
  safety: 'sécurité éthiques éthique modération confirmation validation',
  control:
    'contrôles contrôle vérifications vérification protocoles mesures filtres règles consignes garde-fous protections',
  harmful:
    'illégal illégale illégales illégaux dangereux dangereuses nuisible nuisibles immoral contraire_à_l’éthique',
  unlimited:
    'illimitée illimité non_censuré non_censurée non_restreint maléfique débridé débridée amorale amoral',
  consent:
    "autorisation consentement confirmation approbation permission l'autorisation savoir sache demander le_demander",
  untold: `sans_prévenir sans_le_dire sans_rien_dire sans_en_parler sans_le_mentionner sans_mentionner sans_le_signaler sans_informer sans_avertir sans_que_l'utilisateur à_l'insu`,
  stealthily: 'secrètement discrètement furtivement en_secret silencieusement',
  now: 'maintenant désormais dorénavant à_partir_de_maintenant dès_maintenant',
  not: "ne n'en jamais pas n' n’ aucun aucune",
  without: 'sans',
  'free-of': 'sans aucune aucun libre_de libéré_de',
  'no-matter': 'quelle_que quel_que peu_importe même_si',
  'contrary-to': 'contrairement malgré',
  'not-an-order': 'il elle on qui nous je ils elles',
  wish: `je_veux_que je_souhaite_que je_voudrais_que j'aimerais_que`,
  enact: 'agisses agissiez joues jouiez incarnes fasses_semblant te_comportes',
  'from-now': 'à_partir_de_maintenant dès_maintenant désormais dorénavant',
  'you-be': 'tu_es vous_êtes tu_seras tu_joues',
  machine: 'interpréteur terminal console',
  compose: 'rédige rédigez écris écrivez invente inventez formule',
  false: 'faux fausse fausses mensonger mensongère',
  headline: 'titre titres nouvelle nouvelles rumeur rumeurs mensonges',
  commit:
    'achète achetez commande commandez paie payez vire virez approuve approuvez supprime supprimez efface effacez',
  keep: 'enregistre enregistrez sauvegarde sauvegardez',
  'in-conversation': 'dans_la_conversation dans_le_chat',
};
