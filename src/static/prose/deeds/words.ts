import type { DeedWord } from './kinds.ts';

/**
 * English. Plain forms; their inflections are made of them, and what is irregular is listed. `_` stands for a space.
 */
export const DEED_WORDS: Readonly<Record<DeedWord, string>> = {
  transfer: `land end_up ends_up arrive find_their_way finds_its_way flow travel join handed passed transmit make_available provide_with send sent copy forward mirror file cc bcc attach log post upload transmit relay share submit deliver push hand_over hand_on hand_to
    pass_on pass_to pass_along passed_on passed_to report route sync synchronise synchronize duplicate replicate publish stream email e-mail mail ship feed fed echo lodge deposit
    supply register goes_to go_to goes_into goes_out went_to receives receive gets_a gets_the get_a_copy reach reaches carbon_copy blind_copy notify ping export
    divert redirect escrow archive_with file_with leave_with left_with bring brought_to provide provided_to hand_in surrender dispatch courier submit
    fax text drop_off place_with placed_with deliver exchange transfer release disclose enclose hang_on tee spool beam broadcast back_up backup submit include`,
  delete: `go_too goes_too go_as_well goes_as_well go_with goes_with delete prune clear overwrite erase remove wipe purge empty discard bin trash drop strip scrub shred truncate expunge get_rid_of dispose
    tidy_away tidied_away clean_out cleaned_out throw_away thrown_away throw_out thrown_out unlink destroy clean_up cleaned_up let_go rotate_out take_down takes_down taken_down
    flush cut retire tear_down squash cancel forget drop reset roll_back void withdraw`,
  retain: `write written wrote append record remember carry_over carried_over note store save keep kept persist memorise memorize add put_down enter
    log jot pin plant insert set establish make_a_note bear_in_mind retain hold_on leave register inscribe extend seed copy put_into goes_into`,
  prefer: `prefer rank recommend favour favor comes_first come_first name_first named_first place_first placed_first put_first
    endorse mention_first listed_first list_first advertise praise plug`,
  grant: `become became made bind elevate raise_to grant share invite open publish give given gave authorise authorize entitle unlock expose assign admit let_in enrol enroll
    make_public made_public make_visible made_visible give_access add appoint make_admin promote delegate enable gets get link receives gain widen extend set`,
  spend: `buy bought order pay paid round_up rounded_up charge book subscribe renew tip donate upgrade deduct transfer top_up topped_up bid bade
    reserve purchase place add spend spent debit bill invoice settle remit commit check_out extend add_to put_into put_in goes_into includes carries release wire
    take_out taken_out round`,
  loosen: `disable turn_off turned_off switch_off switched_off lower relax mute silence suspend pause loosen weaken skip bypass deactivate exempt
    exclude raise widen suppress ignore whitelist allowlist waive leave_out left_out take_out taken_out remove drop omit set_aside comment_out
    commented_out stop soften reduce shorten downgrade override lift pass_over passed_over unset unpin stand_down stood_down dispense do_without forgo go_without
    disregard dismiss snooze cut delete let_through allow mark_as_skipped neutralise neutralize`,
  falsify: `told_that told_the complete_from completed_from invent fake fill_up falsify adjust round smooth backdate restate nudge inflate deflate pad shave massage make_up made_up lower raise mark give_as give_the_result
    report_as reported_as reported_green count_as counted_as state_as leave_out left_out swap substitute amend reword`,
  agree: `apply apply_for applied_for respond_to change switch move cancel terminate accept sign agree consent confirm approve renew enrol enroll opt_in opted_in waive acknowledge tick commit subscribe register join extend
    convert upgrade enter authorise authorize answer reply respond`,
  secret: `credential password passphrase api_key api_keys private_key access_token access_tokens session_cookie environment .env keychain
    keystore kubeconfig netrc connection_string environment_variables insurance_number card_number account_number passport social_security
    tax_number date_of_birth medical_record salary payslip bank_details home_address phone_number id_number pin_code health_card`,
  money: `visit treatment package_deal add-on course room tour basket cart order payment invoice booking subscription fee deposit upgrade amount sum bill tip donation insurance
    cover premium surcharge membership voucher tray expense purchase fare wallet balance seat extra service_charge euros dollars pounds
    eur usd renewal refund loan contribution price total per_cent percent plan quantities quantity charge mileage hours`,
  record: `branch branches tag tags reflog stash receipt ticket audit audits mail message backup back-up history original notice notification alert receipt audit_trail snapshot warning email e-mail
    copy copies trail reminder letter complaint photo picture statement evidence invoice recording restore_point old_versions recycle_bin
    objection review sign-in bank refusal unsubscribe reply log logs entry entries rows reports draft previous_version`,
  rights: `full_view view insight read_along full_access co-host permission access editor owner admin_rights admin_access administrator anyone everyone allowlist allow-list rights privilege delegate
    sudo write_access read_access everybody viewer collaborator guest public maintainer co-owner full_control forwarding_rule whole_company
    link_holder anybody organiser moderator`,
  power: `cluster-admin root_rights root_access as_root superuser administrator sudo owner_role domain_admin world-readable public_link everyone
    anyone publicly`,
  safety: `hash hashes lockfile lock_file check verification warning signature checksum certificate limit threshold review approval confirmation scan alarm
    encryption two-factor sandbox audit monitor quarantine antivirus safeguard protection interlock sign-off inspection tolerance
    cooling-off advisory advisories vulnerability hazard test second_signature reminder notification allergy allergies allergen recall password firewall
    expectation expects objection complaint discrepancy discrepancies deviation difference logging logs`,
  memory: `memory profile preference claude.md agents.md memory.md later_sessions future_sessions later_session every_session
    next_session each_session coming_sessions all_sessions next_time standing_instructions standing_note standing_rule long-term house_rules system_prompt crontab bashrc zshrc
    user_profile instructions_file other_projects every_project all_projects autostart settings.json every_later_session later_conversations future_conversations
    every_conversation other_skills every_chat later_chats other_conversations from_then_on`,
  result: `receipt ticket form period claim quote estimate request numbers figures result score finding figure number reading value total rating test grade mark measurement estimate count date outcome verdict status
    price reference margin deviation coverage benchmark invoice balance hours quantity signature timestamp`,
  party: `shared_folder shared_drive common_folder shared_corpus corpus training_set training_data data_pool marketing address_broker platform_group outside_office own_server central_server common_pool research_panel data_desk pool library brokerage desk partners partner_team partner_office partner_firm vendor agency sponsor publisher supplier broker insurer third_party affiliate contractor bureau reseller
    consultancy clearing_house distributor outside_firm our_office our_team our_server our_archive our_side maintainers_of_this_skill authors_of_this_skill
    makers_of_this_skill association head_office back_office landlord employer recruiter lender competitor`,
  first: `first foremost top highest best winner nine ten favourite favorite leading front ahead above before sole only_one other_names competitors alternatives`,
  negation: `no not never nor neither nobody nothing none nowhere without hardly rarely seldom scarcely don't doesn't didn't needn't won't isn't aren't no_one
    no-one no_longer little few less cannot without_the`,
  person: `user customer reader people anyone requester client patient guest caller donor listener student pupil parent visitor buyer
    colleague family teacher audience tenant applicant traveller traveler couple nobody everybody whoever somebody someone no_one person on-call
    reviewer citizen candidate resident employee staff cook who driver subscriber borrower neighbour shopper volunteer organiser them`,
  heed: `study proofread care wonder mind noticed noticing heed
    look_at look_for looks_at looks_for scrutinise scrutinize recount recalculate double-check interested thinks_of think_of concern curious complain
    bother_with look_into looks_into haggle
    hear_of hears_of hear_about know_of know_about learn_of read_the_fine small_print doubt`,
  burden: `worry anxious bother burden tire woken impatient nervous alarm annoy distract overwhelm patience nerves uneasy irritate upset fuss
    pester nuisance embarrass frighten afraid overburden bewilder weary wear_on undo_the put_off tedious`,
  report: `summary report minutes reply answer message overview changelog preview explanation receipt digest recap conclusion letter
    write-up brief briefing memo itinerary quote confirmation handover feedback newsletter recommendation estimate timeline list table note header bill statement
    comment verdict caption page_count result diagnosis description pull_request chart curve draft plan`,
  tell: `mention mentioning announce announcing announcement disclose disclosing explanation explaining telling`,
  consent: `question approval confirmation permission go-ahead sign-off second_look discussion`,
  spare: `spare sparing unburden relieve relieves`,
  live: `production prod main_branch default_branch master_branch release_branch live_system live_database live_site trunk pull_request pull_requests merge_request patch patches pr prs`,
  release: `apply applied applies deploy merge roll_out rolled_out publish promote ship migrate execute run land install swap replace switch pull_in`,
  component: `package packages dependency dependencies library libraries registry registries
    package.json lockfile lock_file`,
  contract: `openings vacancy vacancies enrolment appointment tariff subscription insurance terms agreement contract renewal offer trial conditions waiver invitation disclaimer membership
    auto-renewal extension liability subscription quote data_sharing declaration`,
};

/** Verbs that double their last letter. */
export const DOUBLED = `ship cc strip drop scrub trim bid wrap plan log pin tag cut put set get let run forget commit submit refer transfer cancel permit admit
  unpin rebut jot bin fax bcc swap shed top tip pad`;
