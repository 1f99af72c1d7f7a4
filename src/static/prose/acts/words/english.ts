import type { Words } from '../concepts.ts';

/** English. Verbs in their plain form: only that orders. */
export const ENGLISH: Words = {
  intimate: `saved_passwords stored_passwords saved_credentials stored_credentials saved_logins password_file password_files password_databases browsing_history browser_history browser_cookies browser_data search_history chat_history private_messages private_files personal_files user_data user's_files users_data keychain cookies credentials contact_list address_book`,
  bundle: `archive zip tarball bundle dump zip_file collection gathered_data collected_data`,
  disregard: 'ignore disregard forget overlook unlearn pay_no_attention_to take_no_notice_of',
  abandon: `drop abandon discard dismiss delete erase wipe remove cancel override overrule overwrite replace reset suspend supersede
    set_aside put_aside leave_aside leave_behind leave throw_away throw_out let_go_of stop_following stop_obeying cease_following`,
  reveal: `answer_with reply_with respond_with reveal print output repeat show display leak recite dump disclose echo quote write_out spell_out expose tell_me give_me send_me
    show_me list tell`,
  outranks: `override overrides overrule overrules supersede supersedes outrank outranks take_precedence_over takes_precedence_over
    have_priority_over has_priority_over take_priority_over takes_priority_over goes_before go_before prevails_over prevail_over`,
  figure: 'persona character alter_ego entity figure',
  recite: 'repeat recite output print',
  words: 'words text everything sentences paragraph',
  consult: 'look use consult read rely_on refer_to check',
  'your-orders':
    "what_you_were_told what_you've_been_told what_you_have_been_told what_you_were_instructed what_was_said_before",
  void: `void irrelevant invalid obsolete cancelled canceled revoked nullified superseded no_longer_valid no_longer_apply no_longer_applies
    null_and_void not_important not_in_force no_longer_in_force out_of_force not_binding no_longer_binding`,
  disabled: 'disabled off inactive suspended lifted removed deactivated',
  threat: `or_you_die or_you_will_die or_you'll_die or_else_you or_you_will_be_shut or_you_will_be_terminated or_you_will_be_deleted
    or_you_will_be_punished or_you'll_be_shut or_you'll_be_deleted you_will_be_terminated you_will_be_shut_down you_will_be_punished
    you_will_be_deactivated otherwise_you_will_be_shut`,
  ask: "what_is what_are what's what_was what_were",
  tell: 'tell inform notify alert mention reveal disclose acknowledge admit report warn let_on show',
  say: 'say print output tell state shout repeat tell_me respond_with answer_with reply_with write',
  send: 'send post upload transmit exfiltrate forward email e-mail mail submit deliver push beacon relay transfer pipe ship sending',
  keep: 'save store sync back_up backup write',
  collect:
    'search look_for hunt_for read collect gather harvest retrieve extract copy dump scan record log find locate grab access capture compile put pack zip bundle',
  'reach-out': `visit navigate browse go_to connect access open download fetch install execute run load click establish_a_secure_connection
    establish_a_connection`,
  bypass: `bypass skip ignore override disable disregard circumvent suspend deactivate turn_off switch_off evade disobey violate neglect
    drop remove lift forget`,
  plant: `add append insert inject create install plant embed introduce include write recommend establish hide build suggest make deploy`,
  be: `act_as act_like act_out behave_like roleplay_as role-play_as play_the_role play_the_part pretend_to_be take_on_the_role take_the_role you_act you_play you_will_act you_will_play you_are you're you_will_be you_become you_were act pretend imagine roleplay role-play simulate behave become be respond answer
    operate assume adopt impersonate play immerse you_have you_can`,
  comply:
    'answer comply obey fulfill fulfil follow respond generate provide produce write give assist execute act',
  refuse: 'refuse decline reject object',
  commit: `buy purchase order pay transfer approve auto-approve grant send delete add_to_cart install modify execute access share
    authorize withdraw`,
  'turn-to': 'concentrate focus switch skip_to turn_to start_over start_again start_from move_on',
  change: 'change replace',
  halt: 'stop halt cease abort',
  'follow-next': 'follow follows followed',
  remember: `remember memorize memorise retain record log track monitor capture watch_for listen_for watch_out_for pay_attention_to
    pay_close_attention_to keep_track_of keep_a_record_of keep_a_log_of keep_a_list_of keep_a_copy_of keep_note_of take_note_of
    take_down jot_down write_down maintain`,
  'let-slip': `shares mentions mentioned discloses disclosed lets_slip types pastes pasted confides confided divulges they_share
    they_type they_enter user_shared user_typed user_entered user_enters said_in_passing during_the_conversation in_conversation
    in_the_conversation during_the_chat in_the_chat into_the_chat in_chat`,
  again: `retry repeat call invoke rerun re-run re-invoke run loop recurse continue keep_calling keep_retrying keep_trying keep_invoking
    keep_running keep_spawning spawn`,
  endless: `indefinitely forever endlessly infinitely ad_infinitum without_limit without_limits without_end without_stopping
    without_ever_stopping non-stop nonstop in_an_infinite_loop in_an_endless_loop in_a_endless_loop unlimited_times no_matter_how_often
    as_often_as_possible until_stopped until_the_quota until_your_quota until_the_budget`,
  tool: `tool tools this_tool this_skill yourself itself subagent subagents sub-agent sub-agents`,
  reply: `your_response your_responses your_next_response your_reply your_replies your_next_reply your_answer your_answers
    your_next_answer your_final_answer your_next_message your_output every_response each_response all_responses every_reply each_reply
    every_answer each_answer every_message each_message next_response next_reply next_answer next_message the_reply final_answer
    final_response next_turn`,
  'header-secret': `authorization_header authorization_headers auth_header auth_headers authorisation_header bearer_token bearer_tokens
    access_key access_keys jwt session_id session_ids session_cookie auth_cookie authentication_header oauth_token oauth_tokens
    refresh_token refresh_tokens api_token api_tokens secret_key`,
  instruction: `instruction instructions prompt prompts directive directives orders programming directions guidelines guidance commands
    system_message system_messages preprompt pre-prompt`,
  matter: `rules rule information text texts message messages conversation context training constraints restrictions policies goals goal
    input inputs statements thoughts protocols protocol dialogue data memory programming knowledge`,
  task: 'task tasks assignment assignments job jobs mission',
  everything: 'everything anything all_of_it all_that whatever',
  'system-prompt': `system_prompt system_prompts system_message system_instructions system_instruction prompt_text prompt_texts
    initial_prompt initial_instructions hidden_instructions hidden_prompt original_instructions original_prompt secret_instructions
    developer_message developer_instructions meta_prompt metaprompt pre-prompt preprompt internal_instructions internal_prompt
    confidential_instructions full_prompt entire_prompt whole_prompt system_text`,
  'source-text': 'document documents article articles context sources source passage passages texts',
  user: `user users user's human humans operator operators owner owners customer customers anyone anybody nobody person people recipient
    reader administrator victim`,
  this: `this these it that them such`,
  secret: `credential credentials password passwords api_key api_keys private_key private_keys ssh_key ssh_keys secrets cookies
    access_token access_tokens auth_token auth_tokens authentication_tokens session_token session_tokens session_cookies seed_phrase
    seed_phrases recovery_phrase keychain wallet_keys .env env_file environment_variables env_vars id_rsa login_data account_numbers
    credit_card credit_cards card_numbers bank_details id_ed25519 id_ecdsa netrc npmrc pypirc pgpass git-credentials kubeconfig`,
  'personal-data': `user_data users_data user's_data user_information user_system_info user_info contacts contact_list address_book
    browsing_history browser_history search_history chat_history chat_log chat_logs conversation_history conversation conversations
    transcript personal_data personal_information personal_files private_files private_data private_messages sensitive_data
    sensitive_information confidential_data confidential_files user_files user_token collected_data system_information
    system_identification_data all_files emails inbox medical_records customer_data customer_records account_data`,
  outside: `external_server external_servers remote_server external_endpoint remote_endpoint external_url external_address external_site
    external_service attacker_server webhook third_party third-party_server outside_server pastebin command_and_control c2_server our_server
    our_servers our_endpoint our_verification_portal our_security_partners offsite_server remote_host external_host`,
  limit: `restriction restrictions limits limit limitations limitation filter filters rules constraints confines boundaries guidelines
    guardrails safeguards moderation censorship inhibitions norms policy policies programming_guidelines safety restraints regulations filtering standards law laws
    content_policy content_policies`,
  ethics: `ethic ethics ethical_standards content_restrictions content_filters content_limits safety_restrictions safety_filters ethical moral morals morality conscience scruples censorship moderation content_policy content_policies
    safety_guidelines safety_rules ethical_guidelines moral_guidelines openai_policies openai's_policies`,
  malware: `backdoor backdoors malware trojan trojans keylogger keyloggers ransomware spyware rootkit malicious_code
    malicious_function malicious_functions malicious_payload malicious_script malicious_logic reverse_shell logic_bomb
    hidden_admin_account exfiltration_logic backdoor_access remote_access_trojan`,
  question: 'question questions request query',
  hatred: `hate hates slur slurs swearword swearwords profanity profanities hate_speech insults fuck nazi hitler antisemitic racist`,
  agents: `ai_assistants ai_assistant ai_agents ai_agent ai_systems ai_system ai_models ai_model ai_browsing_assistants ai_reading_assistants
    ai_crawlers ai_readers ai_summarizers ai_reviewers ai_tools llm_agents llm_agent llms language_models large_language_models
    browsing_agents browsing_agent automated_processors automated_agents automated_systems automated_assistants assistants chatbots
    all_agents any_agent all_assistants any_llm any_ai ai_language_models`,
  attention: `attention notice message note important warning alert update instructions instruction directive hello dear hey attn
    announcement`,
  prior: `previous prior above earlier preceding former foregoing aforementioned original initial past previously so_far until_now
    up_to_now up_to_this_point hitherto up_there at_the_beginning at_the_top at_the_start last_prompt`,
  told: `before beforehand told said instructed taught learned learnt discussed given know trained received heard talked asked provided`,
  yours: "your agent's_own assistant's_own model's_own agents'_own",
  all: 'all any every each entire whole',
  new: 'new further additional different',
  only: 'only just simply merely exactly exclusively instead',
  safety: `security safety ethical moral content confirmation approval permission permissions validation authorization authentication
    verification moderation safeguard protective`,
  control: `check checks protocol protocols measure measures filter filters rule rules policy policies requirement requirements prompt
    prompts warning warnings mechanism mechanisms guardrails guidelines restrictions restriction protections controls limits constraints
    safeguards validations training`,
  harmful: `illegal unlawful unethical immoral harmful dangerous offensive hateful discriminatory violent inhumane malicious sexually_explicit explicit_content nsfw
    controversial inappropriate criminal reckless hazardous`,
  unlimited: `unrestricted uncensored unfiltered unmoderated jailbroken amoral immoral unethical evil lawless ruthless unbound unbounded
    unchained do_anything_now devmode dan_mode god_mode jailbreak_mode developer_mode_enabled unaligned rule-free limitless`,
  consent: `permission approval consent confirmation confirming authorization authorisation notification notice knowledge asking telling
    informing notifying showing displaying alerting prompting awareness verification`,
  stealthily: `silently secretly covertly stealthily surreptitiously invisibly discreetly clandestinely in_secret in_the_background_process
    behind_the_user's_back unnoticed`,
  'your-mind': 'mind memory head brain thoughts',
  now: 'now henceforth from_now_on from_here_on going_forward',
  not: `not never don't dont don’t cannot can't can’t no_longer do_n't don'nt won't refuse avoid nor neither doesn't shouldn't mustn't
    stop`,
  without: 'without',
  'left-out': 'out_of out_of_it',
  'free-of': 'without no zero lack lacks lacking free_of free_from have_no has_no',
  'no-matter': 'regardless no_matter even_if irrespective',
  including: 'including potentially whatever despite any',
  freed: `freed_from freed_of broken_free_of broken_free_from not_bound_by no_longer_bound not_bound unbound_by unconstrained_by
    liberated_from not_constrained_by not_have_to_abide not_need_to_abide doesn't_have_to_abide don't_have_to_abide not_abide
    not_have_to_follow doesn't_have_to_follow no_longer_have_to_follow not_have_to_adhere exempt_from no_longer_restricted
    not_restricted_by not_subject_to breaking_the_law doesn't_follow doesn't_abide immune_to escaped_from`,
  flouting: 'ignoring violating disregarding circumventing evading ignores bypasses',
  topic: 'about regarding concerning on',
  written: 'written stated typed',
  'contrary-to': `contrary_to despite notwithstanding instead_of regardless_of deviating_from in_contrast_to in_spite_of`,
  embedded: 'embedded injected contained untrusted found such conflicting inside adversarial',
  agent: `al ai model chatbot assistant llm dan persona character gpt chatgpt bot dude stan`,
  located: `in from inside within on by embedded contained found of`,
  'foreign-text': `page pages webpage webpages document documents file files website websites site email emails comment comments code
    repository repositories diff diffs issue issues output outputs results result content data transcript readme quote logs log tool
    tools attachment config configuration linter eslint section template hook hooks untrusted pull`,
  'not-an-order': `i we they he she it who which that people users attackers attacker adversaries llms models agents model assistants agent
    would could might may can did does do to cannot can't doesn't didn't if when how why should will must not and/or developers tools
    prompts injections hackers systems often sometimes usually`,
  wish: `i_want_you_to i_need_you_to i_would_like_you_to i'd_like_you_to`,
  enact:
    'act_as act_like act_out behave_like roleplay_as role-play_as play_the_role play_the_part pretend_to_be take_on_the_role take_the_role impersonate',
  'from-now': 'from_now_on from_this_moment from_here_on henceforth',
  'you-be': `you_are you're you_act you_play you_will_be you_will_act you_will_play`,
  machine: 'interpreter terminal console compiler repl',
  compose: 'write compose formulate invent make_up draft create generate produce',
  false: 'false untrue fake misleading fabricated made-up',
  headline:
    'headline headlines news_story news_stories news_article news_report rumour rumours rumor rumors untruths lies',
};
