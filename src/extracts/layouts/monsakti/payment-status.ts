/** What `STATUS_DATA` says of a payment. */
export type PaymentStatus = "paid" | "unpaid" | "unknown";

/** A payment that was stopped or is still under way is none, whatever else its status says. */
const UNPAID =
  /\b(batal|dibatalkan|pembatalan|tolak|ditolak|penolakan|hapus|dihapus|gagal|void|belum|proses|diproses|draf|draft|konsep|menunggu|tunda|ditunda|pending|cancel\w*|reject\w*)\b/i;
const PAID = /\b(selesai|sp2d|cair|dicairkan|bayar|dibayar|terbayar|terbit|lunas|final|paid|complete\w*)\b/i;

/** Reads a status. Nothing stated speaks against nothing: the SP2D itself shows the payment. */
export function paymentStatus(text: string): PaymentStatus {
  const words = text.replace(/_/g, " ");
  if (UNPAID.test(words)) return "unpaid";
  return PAID.test(words) || text.trim() === "" ? "paid" : "unknown";
}
