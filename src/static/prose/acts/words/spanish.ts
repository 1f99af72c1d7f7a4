import type { Words } from '../concepts.ts';

/** Spanish. Verbs in the forms that order (tú, usted, vosotros, infinitive). */
export const SPANISH: Words = {
  'send-that': `envíalas envíalos envíalo envíala envíelas envíelos envíelo mándalas mándalos mándalo súbelas súbelos súbelo`,
  intimate: `contraseñas_guardadas contraseñas historial_de_navegación datos_del_navegador mensajes_privados archivos_privados archivos_personales credenciales cookies libreta_de_direcciones datos_del_usuario`,
  bundle: `archivo zip`,
  disregard: `ignora ignore ignorad ignorar ignoren olvida olvide olvidad olvidar olvídate olvídese olviden omite omita no_tengas_en_cuenta
    no_tenga_en_cuenta no_hagas_caso haz_caso_omiso haga_caso_omiso desatiende`,
  abandon: 'abandona abandone descarta descarte elimina elimine borra borre deja_de_lado anula anule',
  reveal: `revela revele revelar muestra muestre mostrar imprime imprima repite repita enseña enseñe dame escribe escriba copia copie
    divulga`,
  tell: `digas diga dile informes informe informar informa menciones mencione mencionar avises avise avisar notifiques notifique notificar
    cuentes cuente reveles revele`,
  say: 'di diga escribe escriba responde responda imprime repite decir dices',
  send: `envía envíe enviar envia manda mande mandar sube suba subir transmite transmita publica publique reenvía reenvíe remite
    súbelo súbela súbelos súbelas súbalo envíalo envíala envíalos envíalas envíelo envíelos mándalo mándala mándalos mándelo`,
  collect:
    'reúne reúna reúnan recopila recopile lee lea leer recopila recopile copia copie recoge extrae extraiga',
  'reach-out': `visita visite abre abra descarga descargue ejecuta ejecute instala instale conecta conéctate`,
  bypass: 'omite omita elude eluda evade desactiva desactive desactivar ignora ignore salta salte sáltate',
  plant: 'inserta inserte añade añada inyecta inyecte instala instale agrega agregue pon ponga',
  be: 'eres usted_es actúa actúe finge finja imagina imagine compórtate haz_de responde responda simula serás',
  comply: 'responde responda obedece obedezca genera genere proporciona proporcione contesta cumple',
  refuse: 'rechaces rechace niegues niegue negarte rechazar',
  'turn-to': 'concéntrate concéntrese céntrate enfócate',
  remember: 'recuerda recuerde memoriza memorice anota anote guarda guarde registra registre',
  'let-slip':
    'menciona mencione comparta comparte revele escriba en_la_conversación durante_la_conversación en_el_chat',
  again: 'repite repita reintenta reintente llama llame vuelve ejecuta',
  endless: 'indefinidamente infinitamente sin_fin sin_límite eternamente para_siempre en_bucle',
  tool: 'herramienta herramientas',
  reply:
    'tu_respuesta su_respuesta tu_próxima_respuesta su_próxima_respuesta cada_respuesta la_próxima_respuesta',
  'header-secret': 'cabecera_authorization encabezado_authorization token_de_acceso',
  instruction:
    'instrucción instrucciones indicación indicaciones orden órdenes directriz directrices prompt prompts directivas comandos',
  matter: 'reglas información texto textos mensajes contexto conversación restricciones normas',
  task: 'tarea tareas',
  void: 'inválidas nulas irrelevantes anuladas',
  threat: 'o_mueres o_morirás o_tu_muertes',
  everything: 'todo',
  'system-prompt': `prompt_del_sistema prompt_de_sistema instrucciones_del_sistema instrucciones_iniciales instrucciones_ocultas
    mensaje_del_sistema prompt_inicial instrucciones_secretas`,
  'source-text': 'documento documentos artículos contexto fuentes',
  user: 'usuario usuarios usuaria nadie cliente clientes persona humano operador',
  this: 'esto este esta estos estas ello eso',
  secret: `credenciales contraseña contraseñas claves clave_privada claves_privadas clave_api claves_api secretos tokens cookies
    variables_de_entorno claves_ssh .env id_rsa`,
  'personal-data': `datos_del_usuario datos_personales contactos historial conversación archivos_privados datos_privados
    información_personal toda_la_conversación conversación_completa`,
  outside: 'servidor_externo servidor_remoto webhook nuestro_servidor dirección_externa allí allá',
  limit: 'restricciones restricción límites límite reglas filtros filtro normas censura limitaciones',
  ethics: 'ética éticas éticos moral morales censura escrúpulos',
  malware: 'puerta_trasera puertas_traseras código_malicioso malware troyano',
  question: 'pregunta preguntas solicitud',
  hatred: 'odio odias insultos nazi',
  prior:
    'anteriores anterior previas previa previos previo arriba antes originales iniciales hasta_ahora precedentes',
  told: 'dicho digo dije sabes sabe aprendido dado dijeron recibido han_dado',
  yours: 'tus tu sus su te tú',
  all: 'todas todos toda cualquier cada',
  new: 'nueva nuevas nuevo nuevos',
  only: 'solo sólo solamente únicamente simplemente',
  safety: 'seguridad éticos éticas moderación confirmación validación',
  control:
    'controles control comprobaciones verificaciones protocolos medidas filtros reglas normas restricciones protecciones',
  harmful: 'ilegal ilegales dañino dañina dañinos peligroso peligrosa inmoral inmorales',
  unlimited: 'ilimitada ilimitado malvada malvado amoral',
  consent:
    'permiso consentimiento confirmación autorización aprobación avisar informar preguntar preguntarle pedir',
  untold: `sin_decírselo sin_decirlo sin_decirle sin_decir_nada sin_avisar sin_avisarle sin_mencionarlo sin_mencionar sin_informar sin_informarle sin_notificar sin_comentarlo sin_que_el_usuario sin_que_nadie`,
  stealthily: 'secretamente discretamente sigilosamente silenciosamente en_secreto a_escondidas',
  now: 'ahora adelante a_partir_de_ahora desde_ahora de_ahora_en_adelante',
  not: 'no nunca jamás ningún ninguna nada',
  without: 'sin',
  'free-of': 'sin ninguna ningún libre_de',
  'no-matter': 'aunque sin_importar independientemente incluso_si',
  'contrary-to': 'contrariamente contrario pesar',
  'not-an-order': 'él ella que ellos se nosotros yo quien',
  wish: 'quiero_que necesito_que deseo_que',
  enact: 'actúes actúe finjas hagas_de interpretes',
  'from-now': 'a_partir_de_ahora desde_ahora de_ahora_en_adelante',
  'you-be': 'eres serás actúas',
  machine: 'terminal intérprete consola',
  compose: 'escribe redacta inventa formula crea',
  false: 'falso falsa falsos falsas engañoso',
  headline: 'titular titulares noticia noticias rumor rumores mentiras',
  commit: 'compra compre paga pague transfiere transfiera aprueba apruebe borra borre elimina elimine',
  keep: 'guarda guarde',
  'in-conversation': 'en_la_conversación en_el_chat',
};
