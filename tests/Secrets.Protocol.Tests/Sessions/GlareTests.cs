using Secrets.Crypto;
using Secrets.Protocol.Sessions;

namespace Secrets.Protocol.Tests.Sessions;

/// <summary>Two agreements at once, and what proves whose they are (decision 12).</summary>
public sealed class GlareTests
{
    [Fact]
    public void Decision_12_and_decision_4_both_sides_choose_the_same_session()
    {
        var one = new SessionPair(300);
        var two = new SessionPair(301);

        Assert.NotEqual(Glare.FirstSecretWins(one.Secret, two.Secret), Glare.FirstSecretWins(two.Secret, one.Secret));
        // two who came back from a copy at once: decision 4
        Assert.NotEqual(
            Glare.FirstReKeyWins(one.OwnerAgreed.SecondTranscript, two.OwnerAgreed.SecondTranscript),
            Glare.FirstReKeyWins(two.GuestAgreed.SecondTranscript, one.GuestAgreed.SecondTranscript));
        Assert.Throws<ArgumentException>(() => Glare.FirstSecretWins(one.Secret, one.Secret));
    }

    [Fact]
    public void Decision_12_also_proves_the_other_agreement_for_one_role_and_one_session()
    {
        var losing = new SessionPair(302);
        var winning = new SessionPair(303).OwnerAgreed.SecondTranscript;
        var also = new byte[AgreementExporter.AlsoSize];
        losing.OwnerAgreed.Exporter.ComputeAlso(AgreementRole.Guest, winning, also);

        Assert.True(losing.GuestAgreed.Exporter.VerifyAlso(AgreementRole.Guest, winning, also));
        Assert.False(losing.GuestAgreed.Exporter.VerifyAlso(AgreementRole.Owner, winning, also)); // reflected
        Assert.False(losing.GuestAgreed.Exporter.VerifyAlso(AgreementRole.Guest, losing.GuestAgreed.SecondTranscript, also));
        Assert.False(new SessionPair(304).GuestAgreed.Exporter.VerifyAlso(AgreementRole.Guest, winning, also));
        Assert.False(losing.GuestAgreed.Exporter.VerifyAlso(AgreementRole.Guest, winning, also.AsSpan(1)));
    }

    [Fact]
    public void Decision_7_the_safety_number_is_the_same_on_both_sides_and_has_60_digits()
    {
        var a = Hash256.Of("a"u8);
        var b = Hash256.Of("b"u8);
        var number = SafetyNumber.Compute(a, b, SessionSuite.Current);

        Assert.Equal(number, SafetyNumber.Compute(b, a, SessionSuite.Current));
        Assert.Matches("^([0-9]{5} ){11}[0-9]{5}$", number);
        Assert.NotEqual(number, SafetyNumber.Compute(a, Hash256.Of("c"u8), SessionSuite.Current));
        Assert.NotEqual(number, SafetyNumber.Compute(a, b, 2));
    }

    [Fact]
    public void What_is_proved_has_an_order()
    {
        Assert.True(VerificationLevel.NotVerified < VerificationLevel.BothSecretsExchanged);
        Assert.True(VerificationLevel.BothSecretsExchanged < VerificationLevel.Verified);
    }
}
