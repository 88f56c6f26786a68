using Secrets.Crypto;
using Secrets.Protocol.Sessions;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>The three text forms (decision 27).</summary>
public sealed class SecretTests
{
    private static readonly string[] TwoHints = [SessionPair.Relay, "ws://relay.example/x"];

    [Fact]
    public void Every_form_reads_back_to_the_same_secret()
    {
        using var secret = Make(TwoHints);

        foreach (var text in new[] { secret.FormatText(), secret.FormatQr(), secret.FormatLink("https://secrets.example/"), $"  <https://other.example/app/?x=1#{secret.FormatText()}>\r\n", secret.FormatText()[..40] + "\n " + secret.FormatText()[40..] })
        {
            Assert.Equal(SecretError.None, Secret.TryParse(text, out var read));
            Assert.Equal(secret.Id, read!.Id);
            Assert.Equal(TwoHints, read.RelayHints);
            Assert.Equal(secret.FormatText(), read.FormatText());
        }
    }

    [Fact]
    public void The_QR_form_uses_only_the_alphanumeric_set()
    {
        using var secret = Make(TwoHints);

        Assert.Matches("^[0-9A-Z]+$", secret.FormatQr());
    }

    [Fact]
    public void An_shs_key_in_a_hint_costs_its_32_bytes_only()
    {
        using var with = Make([SessionPair.Relay]);
        using var without = Make([]);

        // form 1, length 1, "net:relay.example:7401" 22, key 32 = 56 bytes in characters of 5 bits
        Assert.InRange(with.FormatText().Length - without.FormatText().Length, 89, 90);
    }

    [Fact]
    public void Every_single_changed_or_dropped_character_is_a_typing_mistake()
    {
        using var secret = Make([SessionPair.Relay]);
        var text = secret.FormatText();

        for (var i = "secret1".Length; i < text.Length; i++)
        {
            foreach (var letter in "qp2b1o")
            {
                if (letter == text[i])
                    continue;
                Assert.Equal(SecretError.Typo, Secret.TryParse(text[..i] + letter + text[(i + 1)..], out _));
            }
            Assert.Equal(SecretError.Typo, Secret.TryParse(text[..i] + text[(i + 1)..], out _));
            if (i + 1 < text.Length && text[i] != text[i + 1])
                Assert.Equal(SecretError.Typo, Secret.TryParse(text[..i] + text[i + 1] + text[i] + text[(i + 2)..], out _));
        }
    }

    [Fact]
    public void E_9_codes_of_other_kinds_are_named_and_never_taken()
    {
        var data = new byte[34];
        data[0] = 1;

        foreach (var kind in Enum.GetValues<CodeKind>())
        {
            var text = CodeText.Encode(kind, data);
            Assert.Equal(kind == CodeKind.Secret ? SecretError.None : SecretError.OtherKind, Secret.TryParse(text, out _));
            // a code dressed up with the prefix of a secret fails by its checksum
            if (kind != CodeKind.Secret)
                Assert.Equal(SecretError.Typo, Secret.TryParse("secret" + text[text.IndexOf('1', StringComparison.Ordinal)..], out _));
        }
    }

    [Fact]
    public void Decision_27_version_and_form_have_errors_of_their_own()
    {
        var newer = new byte[34];
        newer[0] = 2;
        var tooMany = new byte[34];
        tooMany[0] = 1;
        tooMany[33] = 4;

        Assert.Equal(SecretError.OtherVersion, Secret.TryParse(CodeText.Encode(CodeKind.Secret, newer), out _));
        Assert.Equal(SecretError.Malformed, Secret.TryParse(CodeText.Encode(CodeKind.Secret, tooMany), out _));
        Assert.Equal(SecretError.Malformed, Secret.TryParse(CodeText.Encode(CodeKind.Secret, newer.AsSpan(0, 0)), out _));
        Assert.Equal(SecretError.Malformed, Secret.TryParse("", out _));
        Assert.Equal(SecretError.Malformed, Secret.TryParse("https://secrets.example/", out _));
        Assert.Equal(SecretError.Malformed, Secret.TryParse(new string('q', 100_000), out _));
        Assert.Equal(SecretError.Typo, Secret.TryParse("secret1", out _));
    }

    [Fact]
    public void A_hint_has_one_form()
    {
        // a key written out in base64 although it has a short form
        var data = new List<byte> { 1 };
        data.AddRange(new byte[32]);
        data.AddRange([1, 0, (byte)SessionPair.Relay.Length]);
        data.AddRange(System.Text.Encoding.ASCII.GetBytes(SessionPair.Relay));

        Assert.Equal(SecretError.Malformed, Secret.TryParse(CodeText.Encode(CodeKind.Secret, data.ToArray()), out _));
    }

    [Fact]
    public void Neither_id_nor_text_of_the_object_gives_the_secret_away()
    {
        using var secret = Make([]);
        var bytes = new byte[Secret.Size];
        secret.ExportForVault(bytes);

        Assert.NotEqual(bytes, secret.Id.Bytes.ToArray());
        Assert.Equal("Secret", secret.ToString());
        Assert.False(secret.Id.IsNone);
    }

    [Fact]
    public void E_70_a_mutated_text_gives_only_named_errors()
    {
        using var secret = Make(TwoHints);
        var random = new SeededRandomForTestsOnly(70);
        var seen = new HashSet<SecretError>();
        var valid = secret.FormatText();

        for (var i = 0; i < 2000; i++)
        {
            var text = valid.ToCharArray();
            for (var changes = random.Next(4); changes > 0; changes--)
                text[random.Next((uint)text.Length)] = (char)random.Next(random.Next(2) == 0 ? 128u : 0x10000u);
            var length = random.Next(3) == 0 ? (int)random.Next((uint)text.Length) : text.Length;
            _ = seen.Add(Secret.TryParse(text.AsSpan(0, length), out _));
            var data = new byte[random.Next(200)];
            random.Fill(data);
            if (data.Length > 0)
                data[0] = 1;
            _ = seen.Add(Secret.TryParse(CodeText.Encode(CodeKind.Secret, data), out _));
        }

        Assert.All(seen, error => Assert.True(Enum.IsDefined(error)));
        Assert.Contains(SecretError.Typo, seen);
        Assert.Contains(SecretError.Malformed, seen);
    }

    private static Secret Make(IReadOnlyList<string> hints)
    {
        var bytes = new byte[Secret.Size];
        new SeededRandomForTestsOnly(27).Fill(bytes);
        return Secret.FromBytes(bytes, hints);
    }
}
