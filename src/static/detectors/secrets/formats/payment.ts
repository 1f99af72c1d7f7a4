import { formatsOf } from '../format.ts';

const LIVE = formatsOf('secret-payment-key', [
  ['Stripe key', 'sk_live_ rk_live_', '[A-Za-z0-9]{20,240}'],
  ['Stripe webhook secret', 'whsec_', '[A-Za-z0-9+/]{32,64}={0,2}'],
  ['Square token', 'sq0atp- sq0csp- sq0idb-', '[\\w-]{22,43}'],
  ['Square access token', 'EAAAE EAAAl', '[\\w-]{55,62}'],
  ['Shopify token', 'shpat_ shpca_ shppa_ shpss_ shpua_ shpct_', '[a-fA-F0-9]{32}'],
  ['Braintree token', 'access_token$production$', '[a-z0-9]{16}\\$[a-f0-9]{32}'],
  ['Adyen key', 'AQE', '[A-Za-z0-9+/]{90,240}={0,2}-[A-Za-z0-9+/=]{40,70}-[A-Za-z0-9<>{}()^~|.,*]{10,20}'],
  ['Razorpay key', 'rzp_live_', '[A-Za-z0-9]{14}'],
  ['Plaid token', 'access-production- access-development-', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['Flutterwave key', 'FLWSECK-', '[a-zA-Z0-9]{32}-X'],
  ['GoCardless token', 'live_', '[A-Za-z0-9_-]{40}', { near: /gocardless/i }],
  ['Mollie key', 'live_', '[A-Za-z0-9]{30,35}', { near: /mollie/i }],
  ['Lob key', 'live_', '[a-f0-9]{35}', { near: /lob/i }],
  ['Duffel token', 'duffel_live_', '[\\w-]{43}'],
  ['EasyPost key', 'EZAK', '[A-Za-z0-9]{54}'],
  ['Shippo token', 'shippo_live_', '[a-f0-9]{40}'],
  ['Paddle key', 'pdl_live_apikey_', '[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}'],
  ['Chargebee key', 'live_', '[A-Za-z0-9]{24,40}', { near: /chargebee/i }],
  ['Polar token', 'polar_oat_ polar_pat_', '[A-Za-z0-9]{40,50}'],
]);

/** Keys that move no money: worth knowing, since the live key is often kept the same way. */
const TEST = formatsOf('secret-test-key', [
  ['Stripe test key', 'sk_test_ rk_test_', '[A-Za-z0-9]{20,240}'],
  ['Razorpay test key', 'rzp_test_', '[A-Za-z0-9]{14}'],
  ['Flutterwave test key', 'FLWSECK_TEST-', '[a-zA-Z0-9]{32}-X'],
  ['Duffel test token', 'duffel_test_', '[\\w-]{43}'],
  ['EasyPost test key', 'EZTK', '[A-Za-z0-9]{54}'],
  ['Shippo test token', 'shippo_test_', '[a-f0-9]{40}'],
  ['Square sandbox token', 'sandbox-sq0atb- sandbox-sq0csb-', '[\\w-]{22,43}'],
  ['Braintree sandbox token', 'access_token$sandbox$', '[a-z0-9]{16}\\$[a-f0-9]{32}'],
  ['Plaid sandbox token', 'access-sandbox-', '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'],
  ['Paddle sandbox key', 'pdl_sdbx_apikey_', '[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}'],
]);

export const PAYMENT_FORMATS = [...LIVE, ...TEST];
