/**
 * Root words that names of outputs use. They settle what affixes alone leave open: whether `penguatan` comes from `kuat` or
 * `uat`, and that `sekolah` or `keluarga` carry no prefix. The words of the keyword lists are added to them at run time.
 */
const WORDS = `
abdi acara ada adat adil agama ahli air ajak ajar akad akhir akses akta aktif aku akuntabel alam alat alih alir alat aman ampu analisis anak anggar anggota
angka angkat angkut antar antenatal aparat apotek arah arsip asah asap asas aset asesmen asi asih asin asrama asuh asuransi atas atur audit awak awal awas ayam
ayah azas baca bagi bahan bahas bahasa baik baja baku balai balita balik bandara bangkit bangun bank bantu banyak bapak barang baru basis batas bawah baya bayar bayi
beban beda bekal beku belanja belah beli bencana bendung benih bentuk berangkat beras berat beri berita berkas bersih besar biaya biasa bibit bidan bidang bina bimbing
bisnis bocah bor buah buat bubuk budaya budi budidaya buka bukti buku bulan bumi bunga buruh buruk buru cacat cacing cadang cagar cair cakap cakup campak cantin capai
cara catat cegah cepat cerai cerita cerna cetak cipta citra coba cocok cuaca cuci cukup daerah daftar dagang daging dahulu dalam dampak damping dana danau dapat
dapur darah darat darurat dasar data datang daun daya debit demam demokrasi dengar derajat desa deteksi dewan dewasa diare didik diri dialog dinas dini disiplin dokter
dokumen dorong dosen duduk dukung dunia edar edukasi efektif ekonomi eksklusif ekspor elektronik emas embung energi esensial evaluasi fakir farmasi fasilitas formal forum fungsi
gabung gaji gandum ganggu ganti garam garis gas gawat gedung gelar gelap gelombang gempa gembala genap generasi gerak geser giat gigi gila giling gizi global golong gotong guna gunung gugus
guru habis hadap hadir hak hakim halal hambat hamil hapus harap harga hari harian hasil hati hayati hewan hibah hidang hidup hijau hilang hilir himpun hormon hubung
hujan hukum hulu huni hunian huruf hutan ibadah ibu identifikasi identitas ijazah ikan ikat iklan iklim ikut ilmu iman imbang imbas impor imun imunisasi indah indikator induk industri infeksi
informasi ingat inisiasi inspeksi insentif institusi integrasi intervensi inti investasi iodium iring isi istri izin jabat jadi jaga jajan jahat jahit jaja jajak jala jalan jalin jalur jamban jamin
jambu janji jantung jarak jaring jasa jati jauh jawab jejak jelas jemaah jemput jenis jenjang jiwa jual juang jukung juru kabar kabinet kabupaten kader kaidah kail kait kaji kakao kakek
kali kalibrasi kamar kampanye kampung kampus kandang kantor kandung kapal kapas kapasitas kaping kapsul karang karantina karier karir kartu karya kasih kasus kategori kawal kawasan kawin kaya kebun
kecamatan kecil kedai kedelai kejar kejut kelahi kelambu kelapa kelas keliling kelola kelompok keluar keluarga kemas kembang kembali kemah kemudi kenal kendali kendara kera kerang keras kering keris kerja
kertas ketat khitan khusus kibar kilat kilang kimia kinerja kirim klinik kolam komisi komoditas kompetensi komponen komunal komunikasi komunitas kondisi konseling konselor konsep konservasi konsolidasi konstruksi konsultasi
konsumsi kontrak kontrasepsi konvergensi koordinasi koperasi korban kota kredit kriminal krisis kuat kualitas kuasa kuliah kulit kunci kunjung kuota kurang kurikulum kurs kurus kursus kusta laba label
laboratorium lacak ladang lahan lahir laju laksana laktasi laku lama lamar laman lambat lampau lampu lancar landas langgar langsung lanjut lansia lantik lapak lapang lapas lapis lapor larang latih laut
lawan layak layan layar lebar lebih lebaran legal lelang lemak lemah lembaga lengkap lepas lestari letak libat lihat limbah limpah lindung lingkung lintas lipat listrik lobster logistik lokal lokasi lokus
lomba luar luas lulus lumbung lunas lurah luruh maaf madrasah mahasiswa main maju makam makan makmur makro maksud malaria malam mampu manajemen mandiri manfaat manusia marka masa masalah masjid masuk masyarakat mata
materi mati mayat media medis melek menang mental mesin meter metode migran mikro milik minat minggu minum minyak mina misi miskin mitra mobil model modal modul mohon monitor motor muat muda mudah muka mukim mula
mulia mulut murah murid museum musik musnah musyawarah mutasi mutu nagari naik nakal nasabah nasional nelayan neraca nifas nikah nilai norma nutrisi obat obyek objek olah olahraga operasi oralit orang organik
organisasi orientasi pabrik pacu padam padu pagar pagi pahlawan pajak pakai pakan paket paksa pamer panas pandu pangan panggil pangkal panen panduan pangkat pantai panti pantau panjang pariwisata parah parasit
parkir partai partisipasi pasang pasar pasca pasok pasti pasukan patroli patuh paud pecah peduli pegawai pekarangan pelabuhan pelihara peluang penting penjara penuh perahu perempuan periksa perilaku peringkat perkara permukiman
persyaratan pesan pesantren pesawat pesisir peta petani petugas piala pidana pihak pilah pilar pilih pilot pimpin pinggir pinjam pintar pintu pipa pirsa pisah plasma pohon pokja pokok pola polisi politik polusi ponsel
populasi posko posyandu potensi potong praktik pramuka prasarana prasekolah pria prioritas produk produksi profesi profil program proses proyek publik puasa pulih puluh pulang pupuk pusat puskesmas puspaga pustaka putra putri putus
rabat raga rakit rakyat ramah rancang rangka rangkai ransum rantai rapat ras rasio rasul rata ratus rawan rawat regulasi rehabilitasi rekam rekayasa rekomendasi rekonstruksi relawan remaja rencana rendah rentan reproduksi
resiko resmi restorasi retribusi revitalisasi riset risiko rohani ruang rujuk rumah rumput rumus rusak rusun rutin saing sahabat saji sah saksi sakit salin salur sambung sampah sampai sampel sanding sanitasi santri santun sapa sapi
sarana saran sarjana sasar satu satwa sawah sawit sayur sebar sedia segar sehat sejahtera sejarah sekolah sekretariat sekunder selam selamat selat selenggara seleksi selesai seluruh sembako sembuh semester seminar senam sendiri seni senjata sensus
sentra sengketa sepeda serah serang serangga seragam serap serbaguna serta sertifikat sertifikasi seru setor setuju sewa siaga siang siap siar siaran sidang sifat sikap siklus simpan simulasi sinergi singgah sinkron sintas sinyal sirkulasi
sistem siswa sita skala skrining sosial sosialisasi spesial stabil standar status stimulasi strategi struktur studi stunting suami subsidi suku sukarela sulit sukses suluh sumbang sumber sumur sumpah sungai suntik suplai suplemen surat surveilans survei susu
susun swadaya swasta tabel tablet tabung tabur tahan tahap tahfiz tahu tahun tajam taman tambah tambak tambal tambang tamat tampil tampung tamu tanah tanam tanda tangan tanggap tanggul tanggung tangguh tangkap tani tanya
tari tarik taruna tata tatalaksana tataran tebal tegak teknik teknis teknologi teladan telaah teliti teluk telur tembak tembakau tempat tempuh temu tenaga tender tengah tentara tepat tepung terang terap terbang terbit terima ternak tertib tetap tetas
tiang tifa timbang timbul timur tinggal tinggi tindak tingkat tinja tinjau tipe titik toko tokoh tolak tolong tonggak topik transaksi transmigrasi transportasi trauma tubuh tuberkulosis tugas tuju tukar tulang tular tulis tumbuh tumpu tunai tunggu tungku
tunjang tunjuk tuntas tuntut turun turut tutup uang ubah ubi uji ujung ukir ukur ulama ulang umat umum umur undang unggas unggul ungsi unit upah upaya urus usaha usia usul utama utang utara utuh vaksin vaksinasi variasi
verifikasi vertikal vitamin vokasi wabah wacana wajib wakaf wakil waktu warga waris warung waspada wawancara wawasan wenang wibawa wilayah wirausaha wisata wisuda wujud yatim zakat zat zina zink zona perintah pranikah tanggulang rembuk permukiman pemerintah pekan disabilitas distribusi diseminasi direktorat digital dinamis selada kelapa belanda perak peran kesan pesan teras beras
`;

export const INDONESIAN_ROOTS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter((word) => word !== ""));
