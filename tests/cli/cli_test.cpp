// What stands between the library and the outside world: files and secrets.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/input_files.hpp"
#include "cli/output_files.hpp"
#include "cli/secret_filter.hpp"

namespace sipdrift {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sipdrift-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const {
    return (folder_ / name).string();
  }

  std::string file(const std::string& name, const std::string& content, mode_t mode = 0600) const {
    std::ofstream(path(name), std::ios::binary) << content;
    chmod(path(name).c_str(), mode);
    return path(name);
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> list;
    for (const auto& entry : fs::directory_iterator(folder_))
      list.push_back(entry.path().filename());
    return list;
  }

  static std::string content(const std::string& name) {
    std::ifstream stream(name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  fs::path folder_;
};

using KeyFile = Files;

TEST_F(KeyFile, IsOneLineWithOrWithoutItsEnd) {
  EXPECT_EQ(read_key_file(file("a", "sk-123")).value(), "sk-123");
  EXPECT_EQ(read_key_file(file("b", "sk-123\n")).value(), "sk-123");
  EXPECT_EQ(read_key_file(file("c", "!~\n", 0400)).value(), "!~");
}

TEST_F(KeyFile, IsForItsOwnerAlone) {
  EXPECT_THAT(read_key_file(file("a", "sk-123", 0640)).error(), HasSubstr("chmod 600"));
  EXPECT_THAT(read_key_file(file("b", "sk-123", 0604)).error(), HasSubstr("chmod 600"));
}

TEST_F(KeyFile, HoldsNothingButAKey) {
  EXPECT_EQ(read_key_file(file("a", "")).error(), "is empty");
  EXPECT_EQ(read_key_file(file("b", "\n")).error(), "is empty");
  for (const std::string bad :
       {"sk 123", "sk-123\n\n", "sk-123\r\n", "\tsk", "sk\x7f", "s\u00e9", "one\ntwo"}) {
    const auto key = read_key_file(file("c", bad));
    ASSERT_FALSE(key) << bad;
    EXPECT_THAT(key.error(), HasSubstr("holds a blank or another character"));
  }
  EXPECT_THAT(read_key_file(file("d", std::string(9000, 'x'))).error(), HasSubstr("more than"));
}

TEST_F(KeyFile, IsAFile) {
  EXPECT_EQ(read_key_file(path("none")).error(), "No such file or directory");
  EXPECT_EQ(read_key_file(folder_).error(), "is not a regular file");
  EXPECT_EQ(read_key_file("/dev/null").error(), "is not a regular file");
  ASSERT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_key_file(path("pipe")).error(), "is not a regular file");
}

using ReadFile = Files;

TEST_F(ReadFile, ReadsAllOrSaysWhyNot) {
  const std::string large(200'000, 'x');
  EXPECT_EQ(read_file(file("a", large), 200'000).value(), large);
  EXPECT_THAT(read_file(file("a", large), 199'999).error(), HasSubstr("more than 199999 bytes"));
  EXPECT_EQ(read_file(path("none"), 10).error(), "No such file or directory");
  EXPECT_EQ(read_file(folder_, 10).error(), "Is a directory");
  EXPECT_THAT(read_file("/dev/zero", 1'000'000).error(), HasSubstr("more than"));
}

using WriteFile = Files;

TEST_F(WriteFile, ReplacesTheOldFileWhole) {
  const std::string target = file("report", std::string(1000, 'o'));
  EXPECT_EQ(write_file(target, [](std::ostream& out) { out << "new"; }, {}), "");
  EXPECT_EQ(content(target), "new");
  EXPECT_THAT(names(), ElementsAre("report"));
}

TEST_F(WriteFile, WritesMoreThanItsBufferHolds) {
  const std::string large(1'000'003, 'x');
  EXPECT_EQ(write_file(path("report"), [&](std::ostream& out) { out << large; }, {}), "");
  EXPECT_EQ(content(path("report")), large);
}

TEST_F(WriteFile, FollowsTheUmask) {
  const mode_t before = umask(027);
  EXPECT_EQ(write_file(path("report"), [](std::ostream& out) { out << "x"; }, {}), "");
  umask(before);
  struct stat status {};
  ASSERT_EQ(stat(path("report").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST_F(WriteFile, LetsEveryoneReadWhatIsForEveryone) {
  const Writer writer = [](std::ostream& out) { out << "x"; };
  const auto mode_of = [](const std::string& name) {
    struct stat status {};
    return stat(name.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
  };
  const mode_t before = umask(077);
  EXPECT_EQ(write_file(path("new"), writer, {}, Readers::everyone), "");
  EXPECT_EQ(write_file(file("old", "old", 0600), writer, {}, Readers::everyone), "");
  EXPECT_EQ(write_file(file("wide", "old", 0666), writer, {}, Readers::everyone), "");
  umask(before);
  EXPECT_EQ(mode_of(path("new")), 0644U);
  EXPECT_EQ(mode_of(path("old")), 0644U);
  EXPECT_EQ(mode_of(path("wide")), 0644U);
}

TEST_F(WriteFile, LeavesTheOldFileWhereTheNewOneFails) {
  const std::string target = file("report", "old");
  EXPECT_EQ(write_file(target,
                       [](std::ostream& out) {
                         out << "half";
                         throw std::logic_error("no words left");
                       },
                       {}),
            "no words left");
  EXPECT_EQ(content(target), "old");
  EXPECT_THAT(names(), ElementsAre("report"));
}

TEST_F(WriteFile, SaysWhatStoodInTheWay) {
  const Writer writer = [](std::ostream& out) { out << "x"; };
  EXPECT_EQ(write_file(folder_, writer, {}), "Is a directory");
  EXPECT_EQ(write_file(path("none/report"), writer, {}), "No such file or directory");
  EXPECT_EQ(write_file("/dev/full", writer, {}), "No space left on device");
  EXPECT_EQ(write_file("/dev/null", writer, {}), "");
  EXPECT_EQ(fs::status("/dev/null").type(), fs::file_type::character);
}

TEST_F(WriteFile, WritesNoSecretWhereverItsBufferIsCut) {
  const std::string secret = "sk-0123456789";
  const SecretFilter secrets(secret);
  for (std::size_t before = 65'500; before < 65'560; ++before) {
    const Writer writer = [&](std::ostream& out) {
      out << std::string(before, 'x') << secret << std::string(70'000, 'y') << secret;
    };
    ASSERT_EQ(write_file(path("report"), writer, secrets), "");
    ASSERT_EQ(content(path("report")),
              std::string(before, 'x') + "[redacted]" + std::string(70'000, 'y') + "[redacted]");
  }
}

TEST_F(WriteFile, WritesNoSecretHoweverLongItIs) {
  const std::string secret(200'000, '"');  // six times as long in XML
  const Writer writer = [&](std::ostream& out) { out << "a" << secret << "b"; };
  ASSERT_EQ(write_file(path("report"), writer, SecretFilter(secret)), "");
  EXPECT_EQ(content(path("report")), "a[redacted]b");
}

TEST(SecretFilter, KeepsWhatItLearnedBefore) {
  SecretFilter filter("first-secret");
  filter.learn("second-secret");
  EXPECT_EQ(filter.filter("first-secret, second-secret"), "[redacted], [redacted]");
}

TEST(SecretFilter, KnowsBase64ForUrls) {
  const SecretFilter filter("k>>>???k");
  EXPECT_EQ(filter.filter("az4-Pj8_P2s"), "[redacted]");
  EXPECT_EQ(filter.filter("az4+Pj8/P2s"), "[redacted]");
}

TEST(SecretFilter, KnowsHowJsonAndXmlSpellTheKey) {
  const SecretFilter filter(R"(a"b\c/d&e<f>g)");
  for (const char* const spelled :
       {R"(a"b\c/d&e<f>g)", R"(a\"b\\c/d&e<f>g)", R"(a\"b\\c\/d&e<f>g)",
        R"(a"b\c/d&amp;e&lt;f&gt;g)", R"(a&quot;b\c/d&amp;e&lt;f&gt;g)"}) {
    EXPECT_TRUE(filter.is_in(spelled)) << spelled;
    EXPECT_EQ(filter.filter(spelled), "[redacted]") << spelled;
  }
  EXPECT_FALSE(filter.is_in("abc"));
}

TEST(SecretFilter, TakesTheKeyOutInEverySpelling) {
  const SecretFilter filter("sk/1+2=");
  EXPECT_EQ(filter.filter("a sk/1+2= b sk/1+2= c"), "a [redacted] b [redacted] c");
  EXPECT_EQ(filter.filter("c2svMSsyPQ=="), "[redacted]==");  // printf sk/1+2= | base64
  EXPECT_EQ(filter.filter("key=sk%2F1%2B2%3D&x"), "key=[redacted]&x");
  EXPECT_EQ(filter.filter("nothing here"), "nothing here");
  EXPECT_EQ(SecretFilter().filter("sk/1+2="), "sk/1+2=");
}

}  // namespace
}  // namespace sipdrift
