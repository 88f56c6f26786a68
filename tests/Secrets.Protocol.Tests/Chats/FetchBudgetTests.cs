using Secrets.Protocol.Chats;

namespace Secrets.Protocol.Tests.Chats;

public sealed class FetchBudgetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_full_budget_is_an_hours_boxes_and_comes_back_in_an_hour_decision_28()
    {
        var budget = new FetchBudget();
        Assert.Equal(FetchBudget.BoxesPerHour, Take(budget, Noon));
        Assert.Equal(0, Take(budget, Noon));
        Assert.Equal(FetchBudget.BoxesPerHour / 2, Take(budget, Noon + TimeSpan.FromMinutes(30)));
        Assert.Equal(FetchBudget.BoxesPerHour, Take(budget, Noon + TimeSpan.FromHours(3)));
    }

    [Fact]
    public void A_large_box_counts_as_sixteen()
    {
        var budget = new FetchBudget();
        for (var i = 0; i < FetchBudget.BoxesPerHour / FetchBudget.LargeBoxCost; i++)
        {
            Assert.True(budget.HasRoom(Noon));
            budget.Spend(isLarge: true, Noon);
        }
        Assert.False(budget.HasRoom(Noon));
    }

    [Fact]
    public void There_is_room_when_it_says_so_and_for_more_than_one()
    {
        var budget = new FetchBudget();
        Assert.Equal(Noon, budget.RoomAt(Noon));
        _ = Take(budget, Noon);
        var later = budget.RoomAt(Noon);
        Assert.InRange(later - Noon, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3));
        Assert.Equal(32, Take(budget, later));
    }

    [Fact]
    public void A_clock_that_is_set_back_closes_it_for_minutes_not_for_days()
    {
        var budget = new FetchBudget();
        _ = Take(budget, Noon);
        var before = Noon - TimeSpan.FromDays(3);
        var later = budget.RoomAt(before);
        Assert.InRange(later - before, TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.True(budget.HasRoom(later));
    }

    private static int Take(FetchBudget budget, DateTimeOffset now)
    {
        var taken = 0;
        for (; budget.HasRoom(now); taken++)
            budget.Spend(isLarge: false, now);
        return taken;
    }
}
